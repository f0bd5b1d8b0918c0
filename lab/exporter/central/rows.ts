// Which rows the exporter beside NB and SB follows.

import type { Wanted } from '../replica.ts'

export const NB_ROWS: Wanted = {
  database: 'OVN_Northbound',
  tables: {
    NB_Global: ['nb_cfg', 'nb_cfg_timestamp', 'sb_cfg', 'sb_cfg_timestamp', 'hv_cfg', 'hv_cfg_timestamp'],
    Logical_Switch: ['name', 'ports', 'acls', 'load_balancer', 'external_ids'],
    Logical_Switch_Port: ['name', 'type', 'addresses', 'up', 'enabled', 'external_ids'],
    Logical_Router: ['name', 'ports', 'static_routes', 'nat', 'load_balancer', 'policies', 'external_ids'],
    Logical_Router_Port: ['name', 'gateway_chassis'],
    Gateway_Chassis: ['chassis_name', 'priority'],
    NAT: ['type', 'external_ip', 'logical_ip', 'logical_port'],
    Load_Balancer: ['name', 'vips', 'protocol', 'external_ids'],
    Port_Group: ['name', 'acls', 'external_ids'],
    ACL: ['direction', 'action'],
    BFD: ['logical_port', 'dst_ip', 'status'],
  },
}

export const SB_ROWS: Wanted = {
  database: 'OVN_Southbound',
  tables: {
    Chassis: ['name', 'hostname', 'encaps'],
    Encap: ['ip'],
    Chassis_Private: ['name', 'nb_cfg', 'nb_cfg_timestamp'],
    Port_Binding: ['logical_port', 'chassis', 'type', 'datapath', 'tunnel_key', 'external_ids'],
    Datapath_Binding: ['external_ids', 'tunnel_key'],
    Learned_Route: ['datapath', 'ip_prefix', 'nexthop', 'logical_port'],
    Advertised_Route: ['datapath'],
    Service_Monitor: ['ip', 'port', 'protocol', 'logical_port', 'chassis_name', 'status'],
  },
}
