import { ANY, type Dashboard, NONE_IS_GOOD, q, UP, UP_NAMES } from '../panel.ts'
import { bits, OWN, OWN_HERE, perSecond, summed } from './labels.ts'

const BY = 'logical_port, tenant, vpc, tier'
const PORT = '{{logical_port}}'
const WORKLOAD = `${OWN_HERE},tier!=""`

export const containerNetworks: Dashboard = {
  uid: 'container-networks',
  title: 'Data plane: container networks',
  description:
    'Workloads, each by its logical port: what it sends and gets, whether it is bound, where, and since when.',
  rows: [
    {
      title: 'Traffic',
      panels: [
        {
          title: 'Sent',
          description: 'By each workload, Ethernet headers included.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_rx_bytes{${WORKLOAD}}`, BY), PORT)],
          thresholds: ANY,
        },
        {
          title: 'Received',
          description: 'By each workload.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_tx_bytes{${WORKLOAD}}`, BY), PORT)],
          thresholds: ANY,
        },
        {
          title: 'Packets sent',
          description: 'By each workload.',
          unit: 'pps',
          queries: [q(summed(`ovs_interface_rx_packets_total{${WORKLOAD}}`, BY), PORT)],
          thresholds: ANY,
        },
        {
          title: 'Packets received',
          description: 'By each workload.',
          unit: 'pps',
          queries: [q(summed(`ovs_interface_tx_packets_total{${WORKLOAD}}`, BY), PORT)],
          thresholds: ANY,
        },
        {
          title: 'Dropped',
          description: 'By the device, in either direction. Good is none.',
          unit: 'pps',
          queries: [
            q(
              `sum by (${BY}) (${perSecond(`ovs_interface_rx_dropped_total{${WORKLOAD}}`)} + ${perSecond(`ovs_interface_tx_dropped_total{${WORKLOAD}}`)})`,
              PORT,
            ),
          ],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Sent by tier',
          description: 'All workloads of a tier together.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_rx_bytes{${WORKLOAD}}`, 'tenant, vpc, tier'), '{{vpc}} {{tier}}')],
          thresholds: ANY,
        },
      ],
    },
    {
      title: 'Ports',
      panels: [
        {
          title: 'Ports up',
          description: 'Bound, and their flows in place. Down is a workload that nobody reaches.',
          unit: 'short',
          kind: 'states',
          queries: [q(`ovn_logical_switch_port_up{${OWN},tier!=""}`, PORT)],
          thresholds: UP,
          names: UP_NAMES,
          width: 12,
        },
        {
          title: 'Flows in place',
          description: 'As ovn-controller of the workload’s chassis says (ovn-installed).',
          unit: 'short',
          kind: 'states',
          queries: [q(`ovs_interface_ovn_installed{${WORKLOAD}}`, PORT)],
          thresholds: UP,
          names: { '0': ['missing', 'red'], '1': ['in place', 'green'] },
          width: 12,
        },
        {
          title: 'Where they are',
          description: 'Chassis, addresses and switch of each workload.',
          unit: 'short',
          kind: 'table',
          queries: [
            q(
              `max by (logical_port, logical_switch, tenant, vpc, tier, chassis, ip_address, mac_address) (ovn_logical_switch_port_info{${WORKLOAD}})`,
              PORT,
            ),
          ],
          thresholds: ANY,
          width: 24,
        },
      ],
    },
  ],
}
