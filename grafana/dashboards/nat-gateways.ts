import { ANY, type Dashboard, FILLS_UP, NONE_IS_GOOD, q, UP, UP_NAMES } from '../panel.ts'
import { HERE, OWN, summed } from './labels.ts'

const GATEWAY = '{{instance}}'
const BY = 'instance, tenant, vpc'
const NAT = `role="gateway",${OWN},${HERE}`

export const natGateways: Dashboard = {
  uid: 'nat-gateways',
  title: 'NAT gateways',
  description: 'Who answers, who is active, how full their tables are, and what they cannot place.',
  rows: [
    {
      title: 'State',
      panels: [
        {
          title: 'Gateways that answer',
          description: 'One that does not has no sessions any more, or is cut off from the monitor alone: see BGP.',
          unit: 'short',
          kind: 'states',
          queries: [q(`up{job="node",${NAT}}`, GATEWAY)],
          thresholds: UP,
          names: UP_NAMES,
          width: 12,
        },
        {
          title: 'Who is active',
          kept: true,
          description: 'Next hop of each VPC router’s default, by address. Two where they share at equal cost.',
          unit: 'short',
          kind: 'states',
          queries: [q(`ovn_logical_router_default_route{${OWN}}`, '{{vpc}} by {{nexthop}}')],
          thresholds: UP,
          names: { '1': ['active', 'green'] },
          width: 12,
        },
      ],
    },
    {
      title: 'Sessions',
      panels: [
        {
          title: 'Connections tracked',
          kept: true,
          description:
            'By conntrack of each gateway. A fall to nothing is a table that was flushed; a steady rise may be a scan.',
          unit: 'short',
          queries: [q(`node_nf_conntrack_entries{${NAT}}`, GATEWAY)],
          thresholds: ANY,
        },
        {
          title: 'Table full',
          description: 'Share of what the kernel tracks at most. At the limit new connections are dropped.',
          unit: 'percentunit',
          queries: [q(`node_nf_conntrack_entries{${NAT}} / node_nf_conntrack_entries_limit{${NAT}}`, GATEWAY)],
          thresholds: FILLS_UP,
        },
        {
          title: 'Connections without a port',
          description: 'SYNs dropped because SNAT found no free port towards their destination. Good is none.',
          unit: 'ops',
          queries: [q(summed(`node_nf_conntrack_stat_insert_failed{${NAT}}`, BY), GATEWAY)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Dropped by conntrack',
          description: 'Because its table was full, or an entry had to go early. Good is none.',
          unit: 'ops',
          queries: [
            q(summed(`node_nf_conntrack_stat_drop{${NAT}}`, BY), `${GATEWAY} dropped`),
            q(summed(`node_nf_conntrack_stat_early_drop{${NAT}}`, BY), `${GATEWAY} early`),
          ],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Packets of no connection',
          description: 'Invalid to conntrack: stray segments after a failover, most often.',
          unit: 'pps',
          queries: [q(summed(`node_nf_conntrack_stat_invalid{${NAT}}`, BY), GATEWAY)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Forwarded',
          description: 'Packets received, inside and outside together.',
          unit: 'pps',
          queries: [q(summed(`node_network_receive_packets_total{${NAT}}`, `${BY}, device`), `${GATEWAY} {{device}}`)],
          thresholds: ANY,
        },
      ],
    },
  ],
}
