import { ANY, type Dashboard, NONE_IS_GOOD, q } from '../panel.ts'
import { bits, OWN, perSecond, summed } from './labels.ts'

const WHO = 'tenant, vpc'
const LEGEND = '{{tenant}} {{vpc}}'

export const tenants: Dashboard = {
  uid: 'tenants',
  title: 'Tenants overview',
  description:
    'Everything that matters to a tenant, by VPC: what it sends and gets, what is lost, whether its way out stands.',
  rows: [
    {
      title: 'Traffic',
      panels: [
        {
          title: 'Sent by workloads',
          kept: true,
          description:
            'What the switches receive from ports of the tenant, Ethernet headers included. A fall to nothing is an outage or a night.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_rx_bytes{${OWN},tier!=""}`, WHO), LEGEND)],
          thresholds: ANY,
        },
        {
          title: 'Received by workloads',
          kept: true,
          description:
            'What the switches hand to ports of the tenant. Much less than is sent within a VPC means loss on the way.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_tx_bytes{${OWN},tier!=""}`, WHO), LEGEND)],
          thresholds: ANY,
        },
        {
          title: 'Packets by tier',
          description: 'Packets that each tier sends.',
          unit: 'pps',
          queries: [q(summed(`ovs_interface_rx_packets_total{${OWN},tier!=""}`, `${WHO}, tier`), `${LEGEND} {{tier}}`)],
          thresholds: ANY,
        },
        {
          title: 'Dropped at ports',
          kept: true,
          description:
            'Packets that devices of the tenant’s ports dropped or could not take. Good is none; see Interfaces for which.',
          unit: 'pps',
          queries: [
            q(
              `sum by (${WHO}) (${perSecond(`ovs_interface_rx_dropped_total{${OWN}}`)} + ${perSecond(`ovs_interface_tx_dropped_total{${OWN}}`)})`,
              LEGEND,
            ),
          ],
          thresholds: NONE_IS_GOOD,
        },
      ],
    },
    {
      title: 'Health',
      panels: [
        {
          title: 'Ports that are not up',
          description:
            'Logical ports that no chassis has bound, or whose flows are not in place. Good is none; see Container networks.',
          unit: 'short',
          kind: 'number',
          queries: [q(`sum by (${WHO}) (1 - ovn_logical_switch_port_up{${OWN},tenant!=""})`, LEGEND)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'NAT gateways that answer',
          description: 'Of each VPC; one of two is a VPC without a standby.',
          unit: 'short',
          kind: 'number',
          queries: [q(`sum by (${WHO}) (up{job="node",role="gateway",${OWN}})`, LEGEND)],
          thresholds: [
            [0, 'red'],
            [1, 'yellow'],
            [2, 'green'],
          ],
        },
        {
          title: 'BGP sessions that are not Established',
          kept: true,
          description: 'Of the VPC’s gateways and speakers, both ends counted. Good is none; see Routing.',
          unit: 'short',
          kind: 'number',
          queries: [q(`sum by (${WHO}) (frr_bgp_peer_state{${OWN},tenant!=""} != bool 1)`, LEGEND)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Way out',
          description:
            'Next hop of each VPC router’s default route, as its chassis learned it from BGP: the active NAT gateway. None is an outage.',
          unit: 'short',
          kind: 'table',
          queries: [q(`ovn_logical_router_default_route{${OWN}}`, '{{logical_router}}')],
          thresholds: ANY,
          width: 12,
        },
        {
          title: 'Alerts that fire',
          description: 'With the labels of what they are about.',
          unit: 'short',
          kind: 'table',
          queries: [q(`ALERTS{alertstate="firing",${OWN}}`, '{{alertname}}')],
          thresholds: NONE_IS_GOOD,
          width: 12,
          mayBeEmpty: 'no alert fires where all is well',
        },
      ],
    },
  ],
}
