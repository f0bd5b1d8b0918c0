// What was asked of OVN (ovn-nb(5)): switches, routers, and what is configured on them.

import { family, type Metric, OWNER } from './metric.ts'

const SWITCH = ['logical_switch', ...OWNER] as const
const ROUTER = ['logical_router', ...OWNER] as const
const BALANCER = ['load_balancer', ...OWNER] as const

export const ofNorthbound: readonly Metric[] = family('central', [
  ['ovn_logical_switch_info', 'gauge', ['uuid', ...SWITCH], '1; joins its UUID to its name'],
  ['ovn_logical_switch_external_id', 'gauge', ['uuid', 'key', 'value'], '1 for each of its external_ids'],
  ['ovn_logical_switch_ports', 'gauge', SWITCH, 'Ports it has'],
  ['ovn_logical_switch_acls', 'gauge', SWITCH, 'ACLs of its own; those of port groups are in ovn_acl_rules'],
  ['ovn_logical_switch_load_balancers', 'gauge', SWITCH, 'Load balancers it has, those of groups not counted'],
  ['ovn_logical_router_info', 'gauge', ['uuid', ...ROUTER], '1; joins its UUID to its name'],
  ['ovn_logical_router_external_id', 'gauge', ['uuid', 'key', 'value'], '1 for each of its external_ids'],
  ['ovn_logical_router_ports', 'gauge', ROUTER, 'Ports it has'],
  ['ovn_logical_router_static_routes', 'gauge', ROUTER, 'Static routes it has'],
  ['ovn_logical_router_nat_rules', 'gauge', ROUTER, 'NAT rules it has'],
  ['ovn_logical_router_load_balancers', 'gauge', ROUTER, 'Load balancers it has, those of groups not counted'],
  ['ovn_logical_router_policies', 'gauge', ROUTER, 'Routing policies it has'],
  [
    'ovn_nat_info',
    'gauge',
    ['uuid', ...ROUTER, 'type', 'external_ip', 'logical_ip', 'logical_port'],
    '1 for each NAT rule',
  ],
  ['ovn_load_balancer_info', 'gauge', ['uuid', ...BALANCER, 'protocol'], '1; joins its UUID to its name'],
  ['ovn_load_balancer_vips', 'gauge', BALANCER, 'Virtual addresses it has'],
  ['ovn_load_balancer_backends', 'gauge', [...BALANCER, 'vip'], 'Backends of a virtual address'],
  [
    'ovn_acl_rules',
    'gauge',
    ['port_group', 'logical_switch', 'direction', 'action', ...OWNER],
    'ACLs, counted by whose they are, direction and action',
  ],
  [
    'ovn_gateway_chassis_priority',
    'gauge',
    ['logical_router_port', 'chassis'],
    'Which chassis may hold a gateway port, the highest first (Gateway_Chassis)',
  ],
  [
    'ovn_bfd_up',
    'gauge',
    ['logical_port', 'dst_ip'],
    '1 if the BFD session of a route is up, else 0 (BFD.status); those of tunnels are in ovs_tunnel_bfd_state',
  ],
  ['ovn_nb_cfg', 'gauge', [], 'Number of the newest change asked for (NB_Global.nb_cfg)'],
  ['ovn_sb_cfg', 'gauge', [], 'Number of the newest change that northd has put into the SB (NB_Global.sb_cfg)'],
  ['ovn_hv_cfg', 'gauge', [], 'Number of the newest change whose flows every chassis has (NB_Global.hv_cfg)'],
  ['ovn_nb_cfg_timestamp_seconds', 'gauge', [], 'Unix time of nb_cfg (NB_Global.nb_cfg_timestamp)'],
  ['ovn_sb_cfg_timestamp_seconds', 'gauge', [], 'Unix time of sb_cfg (NB_Global.sb_cfg_timestamp)'],
  ['ovn_hv_cfg_timestamp_seconds', 'gauge', [], 'Unix time of hv_cfg (NB_Global.hv_cfg_timestamp)'],
  [
    'ovn_change_to_southbound_seconds',
    'gauge',
    [],
    'From the newest change that was counted (ovn-nbctl --wait) to its rows in the SB; none while that is under way',
  ],
  [
    'ovn_change_to_flows_seconds',
    'gauge',
    [],
    'From the newest change that was counted (ovn-nbctl --wait=hv) to its flows on every chassis; none while that is under way',
  ],
])
