import { ANY, type Dashboard, NONE_IS_GOOD, q, UP, UP_NAMES } from '../panel.ts'
import { bits, HERE, OWN, OWN_HERE, summed } from './labels.ts'

const SWITCH = '{{logical_switch}}'
const BY = 'logical_switch, tenant, vpc'

export const switches: Dashboard = {
  uid: 'switches',
  title: 'Data plane: virtual switches',
  description: 'Logical switches: what passes, which ports are up, what guards them and what they balance.',
  rows: [
    {
      title: 'Traffic',
      panels: [
        {
          title: 'From ports into the switch',
          description:
            'Of workloads, gateways and speakers on it. Ports of routers are not counted: they have no device.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_rx_bytes{${OWN_HERE},logical_switch!=""}`, BY), SWITCH)],
          thresholds: ANY,
        },
        {
          title: 'Out of the switch to ports',
          description: 'What its ports are handed.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_tx_bytes{${OWN_HERE},logical_switch!=""}`, BY), SWITCH)],
          thresholds: ANY,
        },
        {
          title: 'Packets',
          description: 'Into the switch, from ports with a device.',
          unit: 'pps',
          queries: [q(summed(`ovs_interface_rx_packets_total{${OWN_HERE},logical_switch!=""}`, BY), SWITCH)],
          thresholds: ANY,
        },
      ],
    },
    {
      title: 'Ports',
      panels: [
        {
          title: 'Ports that are not up',
          description: 'By switch. Good is none.',
          unit: 'short',
          queries: [q(`sum by (${BY}) (1 - ovn_logical_switch_port_up{${OWN}})`, SWITCH)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Ports',
          description: 'Those of routers among them.',
          unit: 'short',
          queries: [q(`ovn_logical_switch_ports{${OWN}}`, SWITCH)],
          thresholds: ANY,
        },
        {
          title: 'Number in tunnels',
          description: 'The tunnel key of each switch: what a capture of Geneve shows as VNI.',
          unit: 'short',
          kind: 'table',
          queries: [q(`ovn_logical_switch_tunnel_key{${OWN}}`, SWITCH)],
          thresholds: ANY,
        },
      ],
    },
    {
      title: 'Policy and balancing',
      panels: [
        {
          title: 'ACLs',
          description: 'By tier and action. A fall is a rule that was lost: see who can reach whom.',
          unit: 'short',
          queries: [q(`sum by (tenant, vpc, tier, action) (ovn_acl_rules{${OWN}})`, '{{vpc}} {{tier}} {{action}}')],
          thresholds: ANY,
        },
        {
          title: 'Load balancers',
          description: 'Of each switch.',
          unit: 'short',
          queries: [q(`ovn_logical_switch_load_balancers{${OWN}}`, SWITCH)],
          thresholds: ANY,
        },
        {
          title: 'Backends that answer',
          description: 'By OVN’s health checks; one that does not gets no connection.',
          unit: 'short',
          kind: 'states',
          queries: [q(`ovn_load_balancer_backend_up{${OWN},${HERE}}`, '{{load_balancer}} {{backend}}')],
          thresholds: UP,
          names: UP_NAMES,
          mayBeEmpty: 'a VPC may have no load balancer',
        },
      ],
    },
  ],
}
