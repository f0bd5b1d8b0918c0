// Tunnels to other chassis, and the BFD sessions in them by which gateway ports fail over. The traffic of
// a tunnel is in ovs_interface_*, joined by `name`.

import { family, type Metric } from './metric.ts'

const TUNNEL = ['name', 'chassis', 'remote_chassis', 'remote_ip'] as const

export const ofTunnels: readonly Metric[] = family('chassis', [
  ['ovs_tunnel_info', 'gauge', [...TUNNEL, 'uuid', 'type', 'local_ip'], '1 for each tunnel (Interface.options)'],
  [
    'ovs_tunnel_bfd_state',
    'gauge',
    TUNNEL,
    'BFD session: 3 up, 2 init, 1 down, 0 administratively down; none without BFD (Interface.bfd_status:state, RFC 5880 §4.1)',
  ],
  [
    'ovs_tunnel_bfd_remote_state',
    'gauge',
    TUNNEL,
    'The same as the far end sees it (Interface.bfd_status:remote_state)',
  ],
  [
    'ovs_tunnel_bfd_forwarding',
    'gauge',
    TUNNEL,
    '1 if BFD lets the tunnel be used, else 0 (Interface.bfd_status:forwarding)',
  ],
  ['ovs_tunnel_bfd_flaps_total', 'counter', TUNNEL, 'Times the session changed (Interface.bfd_status:flap_count)'],
  ['ovs_tunnel_bfd_diagnostic', 'gauge', [...TUNNEL, 'diagnostic'], '1; why it last went down (RFC 5880 §4.1)'],
])
