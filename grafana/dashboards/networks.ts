import { ANY, type Dashboard, NONE_IS_GOOD, q, UP, UP_NAMES } from '../panel.ts'
import { bits, HERE, OWN, OWN_HERE, perSecond, summed } from './labels.ts'

export const networks: Dashboard = {
  uid: 'networks',
  title: 'Data plane: networks',
  description: 'Networks: VPCs, the transit between them, the way to the internet, and the underlay below.',
  rows: [
    {
      title: 'VPCs',
      panels: [
        {
          title: 'Inside each VPC',
          description: 'What its workloads, gateways and speakers send into it.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_rx_bytes{${OWN_HERE},vpc!=""}`, 'tenant, vpc'), '{{tenant}} {{vpc}}')],
          thresholds: ANY,
        },
        {
          title: 'Towards its gateways',
          description: 'What the VPC hands to its NAT gateways: on its way to the internet.',
          unit: 'bps',
          queries: [
            q(
              bits(`ovs_interface_tx_bytes{${OWN_HERE},logical_port=~"nat-gw-.*"}`, 'tenant, vpc, logical_port'),
              '{{logical_port}}',
            ),
          ],
          thresholds: ANY,
        },
        {
          title: 'From its gateways',
          description: 'What comes from the internet into the VPC.',
          unit: 'bps',
          queries: [
            q(
              bits(`ovs_interface_rx_bytes{${OWN_HERE},logical_port=~"nat-gw-.*"}`, 'tenant, vpc, logical_port'),
              '{{logical_port}}',
            ),
          ],
          thresholds: ANY,
        },
      ],
    },
    {
      title: 'Transit',
      panels: [
        {
          title: 'Routers on the transit',
          description: 'Ports of the network between VPCs. A VPC whose port is down reaches no other.',
          unit: 'short',
          kind: 'states',
          queries: [q('ovn_logical_switch_port_up{logical_switch=~".*transit.*"}', '{{logical_port}}')],
          thresholds: UP,
          names: UP_NAMES,
          width: 12,
        },
        {
          title: 'Routes of the router between VPCs',
          description: 'Ports and static routes of routers that are nobody’s: what joins the VPCs.',
          unit: 'short',
          queries: [
            q('ovn_logical_router_ports{tenant=""}', '{{logical_router}} ports'),
            q('ovn_logical_router_static_routes{tenant=""}', '{{logical_router}} static routes'),
          ],
          thresholds: ANY,
          width: 12,
        },
      ],
    },
    {
      title: 'External',
      panels: [
        {
          title: 'Received from the internet',
          description: 'On the uplink of each NAT gateway.',
          unit: 'bps',
          queries: [
            q(
              bits(
                `node_network_receive_bytes_total{role="gateway",device="eth1",${OWN},${HERE}}`,
                'instance, tenant, vpc',
              ),
              '{{instance}}',
            ),
          ],
          thresholds: ANY,
        },
        {
          title: 'Sent to the internet',
          description: 'On the uplink of each NAT gateway.',
          unit: 'bps',
          queries: [
            q(
              bits(
                `node_network_transmit_bytes_total{role="gateway",device="eth1",${OWN},${HERE}}`,
                'instance, tenant, vpc',
              ),
              '{{instance}}',
            ),
          ],
          thresholds: ANY,
        },
        {
          title: 'Dropped on uplinks',
          description: 'In either direction. Good is none.',
          unit: 'pps',
          queries: [
            q(
              `sum by (instance, tenant, vpc) (${perSecond(`node_network_receive_drop_total{role="gateway",device="eth1",${OWN},${HERE}}`)} + ${perSecond(`node_network_transmit_drop_total{role="gateway",device="eth1",${OWN},${HERE}}`)})`,
              '{{instance}}',
            ),
          ],
          thresholds: NONE_IS_GOOD,
        },
      ],
    },
    {
      title: 'Underlay',
      panels: [
        {
          title: 'Tunnels',
          kept: true,
          description: 'By BFD, as each chassis sees the others. Down is a chassis that cannot be reached from here.',
          unit: 'short',
          kind: 'states',
          queries: [q(`ovs_tunnel_bfd_forwarding{${HERE}}`, '{{chassis}} to {{remote_chassis}}')],
          thresholds: UP,
          names: UP_NAMES,
          width: 8,
        },
        {
          title: 'Through tunnels',
          description: 'Geneve, sent by each chassis, without the outer headers.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_tx_bytes{${HERE},type="geneve"}`, 'chassis, name'), '{{chassis}} {{name}}')],
          thresholds: ANY,
          width: 8,
        },
        {
          title: 'Flaps of tunnels',
          description: 'Changes of the BFD session in a second. Good is none.',
          unit: 'ops',
          queries: [
            q(
              summed(`ovs_tunnel_bfd_flaps_total{${HERE}}`, 'chassis, remote_chassis'),
              '{{chassis}} to {{remote_chassis}}',
            ),
          ],
          thresholds: NONE_IS_GOOD,
          width: 8,
        },
      ],
    },
  ],
}
