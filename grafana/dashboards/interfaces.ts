import { ANY, type Dashboard, NONE_IS_GOOD, q, UP } from '../panel.ts'
import { bits, OWN_HERE, summed } from './labels.ts'

const BY = 'chassis, bridge, name, logical_port, tenant, vpc'
const PORT = '{{chassis}} {{name}} {{logical_port}}'

const rate = (title: string, counter: string, description: string) => ({
  title,
  description,
  unit: 'pps' as const,
  queries: [q(summed(`ovs_interface_${counter}{${OWN_HERE}}`, BY), PORT)],
  thresholds: NONE_IS_GOOD,
})

export const interfaces: Dashboard = {
  uid: 'interfaces',
  title: 'Data plane: interfaces',
  description: 'Ports of Open vSwitch, each with the logical port and the tenant that it carries.',
  rows: [
    {
      title: 'Traffic',
      panels: [
        {
          title: 'Received',
          description: 'What the switch receives there: what a workload sends.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_rx_bytes{${OWN_HERE}}`, BY), PORT)],
          thresholds: ANY,
          width: 12,
        },
        {
          title: 'Sent',
          description: 'What the switch sends there: what a workload gets.',
          unit: 'bps',
          queries: [q(bits(`ovs_interface_tx_bytes{${OWN_HERE}}`, BY), PORT)],
          thresholds: ANY,
          width: 12,
        },
      ],
    },
    {
      title: 'What goes wrong',
      panels: [
        rate('Dropped on the way in', 'rx_dropped_total', 'By the device before the switch had them. Good is none.'),
        rate('Dropped on the way out', 'tx_dropped_total', 'The device could not take them. Good is none.'),
        rate('Received with an error', 'rx_errors_total', 'Good is none.'),
        rate('Not sent for an error', 'tx_errors_total', 'Good is none.'),
        rate('Wrong checksums', 'rx_crc_errors_total', 'Frames that the wire damaged. Good is none.'),
        {
          title: 'Changes of the link',
          description: 'Times in the shown range that its carrier came or went.',
          unit: 'short',
          kind: 'number',
          queries: [
            q(`sum by (${BY}) (increase(ovs_interface_link_resets_total{${OWN_HERE},name!=""}[$__range])) > 0`, PORT),
          ],
          thresholds: NONE_IS_GOOD,
          mayBeEmpty: 'no link may have changed in the shown range',
        },
      ],
    },
    {
      title: 'State',
      panels: [
        {
          title: 'Links',
          description: 'As their devices say. A veth whose other end is down is down.',
          unit: 'short',
          kind: 'states',
          queries: [q(`max by (${BY}) (ovs_interface_link_state{${OWN_HERE}})`, PORT)],
          thresholds: UP,
          names: { '0': ['down', 'red'], '1': ['up', 'green'], '2': ['unknown', 'blue'] },
          width: 12,
        },
        {
          title: 'Largest packet',
          description: 'MTU, bytes. Geneve adds 58: tenants’ must be that much smaller than the underlay’s.',
          unit: 'bytes',
          kind: 'table',
          queries: [q(`max by (${BY}) (ovs_interface_mtu_bytes{${OWN_HERE}})`, PORT)],
          thresholds: ANY,
          width: 12,
        },
      ],
    },
  ],
}
