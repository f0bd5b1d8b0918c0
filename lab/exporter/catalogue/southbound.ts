// What became of it (ovn-sb(5)): chassis, who has claimed what, what was learned, who answers.

import { family, type Metric, OWNER } from './metric.ts'

const CHASSIS = ['chassis'] as const
const LSP = ['logical_port', 'logical_switch', ...OWNER] as const
const ROUTER = ['logical_router', ...OWNER] as const

export const ofSouthbound: readonly Metric[] = family('central', [
  [
    'ovn_chassis_info',
    'gauge',
    ['uuid', 'name', 'ip', 'chassis', 'hostname'],
    '1 while it stands in the SB; a chassis that dies leaves its row',
  ],
  ['ovn_chassis_port_bindings', 'gauge', CHASSIS, 'Ports that it has claimed'],
  ['ovn_chassis_nb_cfg', 'gauge', CHASSIS, 'Number of the newest change whose flows it has (Chassis_Private.nb_cfg)'],
  [
    'ovn_chassis_nb_cfg_timestamp_seconds',
    'gauge',
    CHASSIS,
    'Unix time at which it had them (Chassis_Private.nb_cfg_timestamp)',
  ],
  [
    'ovn_logical_switch_tunnel_key',
    'gauge',
    ['logical_switch', ...OWNER],
    'Its number inside tunnels (Datapath_Binding.tunnel_key)',
  ],
  [
    'ovn_logical_router_tunnel_key',
    'gauge',
    ROUTER,
    'Its number inside tunnels; with dynamic routing also its routing table (Datapath_Binding.tunnel_key)',
  ],
  [
    'ovn_logical_switch_port_info',
    'gauge',
    ['uuid', 'name', 'chassis', 'datapath', 'port_binding', 'mac_address', 'ip_address', 'type', ...LSP],
    '1; uuid of Logical_Switch_Port, datapath and port_binding of the SB',
  ],
  ['ovn_logical_switch_port_binding', 'gauge', ['uuid', 'port'], '1; uuid of the switch, port its Port_Binding'],
  ['ovn_logical_switch_port_tunnel_key', 'gauge', LSP, 'Its number inside tunnels (Port_Binding.tunnel_key)'],
  [
    'ovn_logical_switch_port_up',
    'gauge',
    LSP,
    '1 if it is bound and its flows are in place, else 0 (Logical_Switch_Port.up)',
  ],
  ['ovn_logical_switch_port_enabled', 'gauge', LSP, '1 unless it is switched off (Logical_Switch_Port.enabled)'],
  [
    'ovn_port_binding_claimed',
    'gauge',
    ['type', 'chassis', ...LSP],
    '1 if a chassis has it, else 0; gateway ports are of type chassisredirect (Port_Binding.chassis)',
  ],
  [
    'ovn_port_binding_claims_total',
    'counter',
    ['type', ...LSP],
    'Times that its chassis became another, none included, since the exporter follows the SB',
  ],
  [
    'ovn_port_binding_claimed_timestamp_seconds',
    'gauge',
    ['type', ...LSP],
    'Unix time at which the exporter heard of its newest change of chassis; none before it heard of one',
  ],
  ['ovn_logical_router_learned_routes', 'gauge', ROUTER, 'Routes that chassis have learned for it (Learned_Route)'],
  ['ovn_logical_router_advertised_routes', 'gauge', ROUTER, 'Routes that it tells to others (Advertised_Route)'],
  [
    'ovn_logical_router_default_route',
    'gauge',
    [...ROUTER, 'nexthop', 'logical_port'],
    '1 for each default route that it has learned; other routes are only counted (Learned_Route)',
  ],
  [
    'ovn_load_balancer_backend_up',
    'gauge',
    ['load_balancer', 'backend', 'protocol', 'logical_port', 'chassis', 'tenant', 'vpc'],
    '1 if it answers its health check, else 0; none before its first answer (Service_Monitor.status)',
  ],
])
