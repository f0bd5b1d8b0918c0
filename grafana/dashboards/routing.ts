import { ANY, type Dashboard, NONE_IS_GOOD, q, UP, UP_NAMES } from '../panel.ts'
import { HERE, OWN, OWN_HERE, summed } from './labels.ts'

const SESSION = '{{instance}} to {{peer_desc}}'
const BFD = '{{instance}} {{local}} to {{peer}}'

export const routing: Dashboard = {
  uid: 'routing',
  title: 'Routing',
  description: 'BGP, BFD and OSPF of gateways, chassis and the internet, and what OVN made of it.',
  rows: [
    {
      title: 'BGP',
      panels: [
        {
          title: 'Sessions',
          description: 'Established or not, each end by itself. With a session go its prefixes.',
          unit: 'short',
          kind: 'states',
          queries: [q(`frr_bgp_peer_state{${OWN_HERE}}`, SESSION)],
          thresholds: UP,
          names: { '0': ['down', 'red'], '1': ['Established', 'green'], '2': ['shut down', 'orange'] },
          width: 12,
        },
        {
          title: 'Prefixes received',
          description:
            'Over each session. A fall is a peer that withdraws; a rise may be one that announces what is not its own.',
          unit: 'short',
          queries: [q(`frr_bgp_peer_prefixes_received_count_total{${OWN_HERE}}`, SESSION)],
          thresholds: ANY,
          width: 12,
        },
        {
          title: 'Prefixes told',
          description: 'Over each session.',
          unit: 'short',
          queries: [q(`frr_bgp_peer_prefixes_advertised_count_total{${OWN_HERE}}`, SESSION)],
          thresholds: ANY,
        },
        {
          title: 'Messages received',
          description: 'Keepalives at rest; bursts are routes that change.',
          unit: 'ops',
          queries: [
            q(summed(`frr_bgp_peer_message_received_total{${OWN_HERE}}`, 'instance, tenant, vpc, peer_desc'), SESSION),
          ],
          thresholds: ANY,
        },
        {
          title: 'Sessions that began anew',
          description: 'Times in the shown range. Good is none.',
          unit: 'short',
          kind: 'number',
          queries: [
            q(
              `sum by (instance, tenant, vpc) (resets(frr_bgp_peer_uptime_seconds{${OWN_HERE}}[$__range]))`,
              '{{instance}} {{vpc}}',
            ),
          ],
          thresholds: NONE_IS_GOOD,
        },
      ],
    },
    {
      title: 'BFD',
      panels: [
        {
          title: 'Sessions',
          description: 'By which BGP is told within a detection time. Those of tunnels are among Networks.',
          unit: 'short',
          kind: 'states',
          queries: [q(`frr_bfd_peer_state{${HERE}}`, BFD)],
          thresholds: UP,
          names: UP_NAMES,
          width: 12,
        },
        {
          title: 'Sessions that began anew',
          description: 'Times in the shown range. Many are a link that flaps, or a host too busy to send in time.',
          unit: 'short',
          kind: 'number',
          queries: [q(`sum by (instance) (resets(frr_bfd_peer_uptime{${HERE}}[$__range]))`, '{{instance}}')],
          thresholds: NONE_IS_GOOD,
          width: 12,
        },
      ],
    },
    {
      title: 'OSPF and daemons',
      panels: [
        {
          title: 'OSPF neighbours',
          description: 'Adjacent ones of each gateway and of the internet.',
          unit: 'short',
          queries: [q(`frr_ospf_neighbors{${HERE}}`, '{{instance}} {{iface}}')],
          thresholds: ANY,
          mayBeEmpty: 'OSPF is spoken where the topology says so',
        },
        {
          title: 'Daemons that answer',
          description: 'bgpd, bfdd and ospfd, as the exporter asks them.',
          unit: 'short',
          kind: 'states',
          queries: [q(`frr_collector_up{${HERE}}`, '{{instance}} {{vpc}} {{collector}}')],
          thresholds: UP,
          names: UP_NAMES,
        },
        {
          title: 'What OVN learned',
          description: 'Routes of each VPC’s router that came by BGP.',
          unit: 'short',
          queries: [q(`ovn_logical_router_learned_routes{${OWN}}`, '{{logical_router}}')],
          thresholds: ANY,
        },
      ],
    },
  ],
}
