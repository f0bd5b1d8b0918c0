// Bridges, and the datapath under them: what it looked up, what it dropped and why, what it remembers.

import { family, type Metric } from './metric.ts'

const DATAPATH = ['datapath'] as const
const BRIDGE = ['bridge'] as const

export const ofDatapath: readonly Metric[] = family('chassis', [
  ['ovs_bridge_info', 'gauge', ['bridge', 'uuid', 'datapath_type', 'datapath_id', 'fail_mode'], '1 (Bridge)'],
  ['ovs_bridge_port_count', 'gauge', BRIDGE, 'Ports (Bridge.ports)'],
  ['ovs_bridge_flow_count', 'gauge', BRIDGE, 'OpenFlow rules (OpenFlow aggregate stats, ovs-ofctl(8) dump-aggregate)'],
  [
    'ovs_dp_interface',
    'gauge',
    ['datapath', 'bridge', 'name', 'ofport', 'index', 'port_type'],
    '1 for each port; index is its number in the datapath (dpif/show)',
  ],
  ['ovs_dp_bridge_interfaces', 'gauge', ['datapath', 'bridge'], 'Ports of a bridge in its datapath (dpif/show)'],
  ['ovs_dp_flows', 'gauge', DATAPATH, 'Megaflows in the datapath (dpctl/show)'],
  ['ovs_dp_lookups_hit_total', 'counter', DATAPATH, 'Packets that a megaflow knew (dpctl/show)'],
  ['ovs_dp_lookups_missed_total', 'counter', DATAPATH, 'Packets that ovs-vswitchd had to look at (dpctl/show)'],
  ['ovs_dp_lookups_lost_total', 'counter', DATAPATH, 'Of these, those that never reached it (dpctl/show)'],
  ['ovs_dp_masks_hit_total', 'counter', DATAPATH, 'Masks tried; kernel datapath only (dpctl/show)'],
  ['ovs_dp_masks_total', 'gauge', DATAPATH, 'Masks there are; kernel datapath only (dpctl/show)'],
  ['ovs_dp_masks_hit_ratio', 'gauge', DATAPATH, 'Masks tried per packet; kernel datapath only (dpctl/show)'],
  [
    'ovs_datapath_drops_total',
    'counter',
    ['drop_reason'],
    'Packets dropped, by reason; userspace datapath (coverage/show)',
  ],
  ['ovs_upcall_flows', 'gauge', DATAPATH, 'Megaflows that the revalidators look after (upcall/show)'],
  ['ovs_upcall_flow_limit', 'gauge', DATAPATH, 'How many they allow themselves now (upcall/show)'],
  ['ovs_upcall_dump_duration_seconds', 'gauge', DATAPATH, 'How long their last round took (upcall/show)'],
  ['ovs_ct_connections', 'gauge', DATAPATH, 'Connections tracked; userspace datapath (dpctl/ct-get-nconns)'],
  ['ovs_ct_connections_limit', 'gauge', DATAPATH, 'How many it will track at most (dpctl/ct-get-maxconns)'],
])

const CACHES: readonly (readonly [string, 'counter' | 'gauge', string])[] = [
  ['lookups_total', 'counter', 'Packets looked up, recirculated ones counted again'],
  ['emc_hits_total', 'counter', 'Packets found in the exact match cache'],
  ['emc_hit_ratio', 'gauge', 'Share of lookups found in the exact match cache'],
  ['smc_hits_total', 'counter', 'Packets found in the signature match cache'],
  ['smc_hit_ratio', 'gauge', 'Share of lookups found in the signature match cache'],
  ['megaflow_hits_total', 'counter', 'Packets found among the megaflows'],
  ['megaflow_misses_total', 'counter', 'Packets found nowhere: an upcall'],
  ['megaflow_hit_ratio', 'gauge', 'Share of lookups found among the megaflows'],
]

/** Of the userspace datapath, over all its threads. */
export const ofCaches: readonly Metric[] = family(
  'chassis',
  CACHES.map(([name, type, what]) => [`ovs_flow_cache_${name}`, type, [], `${what} (dpif-netdev/pmd-perf-show)`]),
)
