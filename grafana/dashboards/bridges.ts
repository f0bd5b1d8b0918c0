import { ANY, type Dashboard, FILLS_UP, NONE_IS_GOOD, q } from '../panel.ts'
import { HERE, summed } from './labels.ts'

const CHASSIS = '{{chassis}}'

export const bridges: Dashboard = {
  uid: 'bridges',
  title: 'Data plane: bridges',
  description: 'Open vSwitch below OVN: bridges, the datapath and its caches, what it drops and why.',
  rows: [
    {
      title: 'Bridges',
      panels: [
        {
          title: 'OpenFlow rules',
          description: 'Of each bridge. br-int has OVN’s; a fall is a chassis that lost them.',
          unit: 'short',
          queries: [q(`ovs_bridge_flow_count{${HERE}}`, `${CHASSIS} {{bridge}}`)],
          thresholds: ANY,
        },
        {
          title: 'Ports',
          description: 'Of each bridge, tunnels and internal ports among them.',
          unit: 'short',
          queries: [q(`ovs_bridge_port_count{${HERE}}`, `${CHASSIS} {{bridge}}`)],
          thresholds: ANY,
        },
        {
          title: 'Dropped, by reason',
          description:
            'drop_action_of_pipeline is what rules drop, ACLs among them. Anything else is a fault of the datapath.',
          unit: 'pps',
          queries: [
            q(
              `${summed(`ovs_datapath_drops_total{${HERE}}`, 'chassis, drop_reason')} > 0`,
              `${CHASSIS} {{drop_reason}}`,
            ),
          ],
          thresholds: NONE_IS_GOOD,
          mayBeEmpty: 'nothing may be dropped just now',
        },
      ],
    },
    {
      title: 'Datapath',
      panels: [
        {
          title: 'Megaflows',
          description: 'Against what the revalidators allow themselves now: at the limit new flows are slow.',
          unit: 'percentunit',
          queries: [q(`ovs_upcall_flows{${HERE}} / ovs_upcall_flow_limit{${HERE}}`, CHASSIS)],
          thresholds: FILLS_UP,
        },
        {
          title: 'Lookups that missed',
          description: 'Packets that no megaflow knew, so that ovs-vswitchd had to look at them.',
          unit: 'pps',
          queries: [q(summed(`ovs_dp_lookups_missed_total{${HERE}}`, 'chassis'), CHASSIS)],
          thresholds: ANY,
        },
        {
          title: 'Lookups that hit',
          description: 'Packets that a megaflow knew.',
          unit: 'pps',
          queries: [q(summed(`ovs_dp_lookups_hit_total{${HERE}}`, 'chassis'), CHASSIS)],
          thresholds: ANY,
        },
        {
          title: 'Lost upcalls',
          description: 'Packets that missed and never reached ovs-vswitchd. Good is none.',
          unit: 'pps',
          queries: [q(summed(`ovs_dp_lookups_lost_total{${HERE}}`, 'chassis'), CHASSIS)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Where packets were found',
          description: 'Share of lookups by cache of the userspace datapath: exact match first, then megaflows.',
          unit: 'percentunit',
          queries: [
            q(`ovs_flow_cache_emc_hit_ratio{${HERE}}`, `${CHASSIS} exact match`),
            q(`ovs_flow_cache_megaflow_hit_ratio{${HERE}}`, `${CHASSIS} megaflow`),
          ],
          thresholds: ANY,
        },
        {
          title: 'How long a round of revalidation takes',
          description: 'Over the megaflows of the datapath. It lowers their limit when it takes long.',
          unit: 's',
          queries: [q(`ovs_upcall_dump_duration_seconds{${HERE}}`, CHASSIS)],
          thresholds: ANY,
        },
        {
          title: 'Connections tracked',
          description: 'By the datapath, for stateful ACLs; against its limit.',
          unit: 'percentunit',
          queries: [q(`ovs_ct_connections{${HERE}} / ovs_ct_connections_limit{${HERE}}`, CHASSIS)],
          thresholds: FILLS_UP,
        },
        {
          title: 'Connections',
          description: 'Tracked by the datapath.',
          unit: 'short',
          queries: [q(`ovs_ct_connections{${HERE}}`, CHASSIS)],
          thresholds: ANY,
        },
        {
          title: 'Packets by thread',
          description: 'Of the userspace datapath; without DPDK the main thread has all.',
          unit: 'pps',
          queries: [q(summed(`ovs_pmd_rx_packets_total{${HERE}}`, 'chassis, pmd_id'), `${CHASSIS} {{pmd_id}}`)],
          thresholds: ANY,
        },
      ],
    },
  ],
}
