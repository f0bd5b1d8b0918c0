import type { Answers } from '../daemon-samples.ts'
import type { BridgeCounters } from '../openflow.ts'
import { datapathPorts, datapaths, upcalls } from '../parse/datapath.ts'
import { threads } from '../parse/pmd.ts'
import { coverage } from '../parse/show.ts'
import type { Replica } from '../replica.ts'
import { many, text } from '../rows.ts'
import type { Samples } from '../samples.ts'

/** What ovs-vswitchd is asked besides what every daemon is. */
export const DATAPATH_QUESTIONS = [
  'dpctl/show',
  'dpif/show',
  'upcall/show',
  'dpif-netdev/pmd-perf-show',
  'dpif-netdev/pmd-stats-show',
] as const

const CT = ['dpctl/ct-get-nconns', 'dpctl/ct-get-maxconns'] as const

/** With several datapaths these want to be told of which; the kernel's says neither. */
export const conntrackQuestions = (answers: Answers): string[] =>
  datapaths(answers.get('dpctl/show') ?? '').flatMap(({ name }) => CT.map((question) => `${question} ${name}`))

export function datapathSamples({ add }: Samples, answers: Answers): void {
  for (const { name: datapath, hit, missed, lost, flows, masks } of datapaths(answers.get('dpctl/show') ?? '')) {
    const of = { datapath }
    add('ovs_dp_flows', flows, of)
    add('ovs_dp_lookups_hit_total', hit, of)
    add('ovs_dp_lookups_missed_total', missed, of)
    add('ovs_dp_lookups_lost_total', lost, of)
    add('ovs_dp_masks_hit_total', masks?.hit, of)
    add('ovs_dp_masks_total', masks?.total, of)
    add('ovs_dp_masks_hit_ratio', masks?.perPacket, of)
    const count = (question: string) => Number.parseInt(answers.get(`${question} ${datapath}`) ?? '', 10)
    add('ovs_ct_connections', count(CT[0]), of)
    add('ovs_ct_connections_limit', count(CT[1]), of)
  }
  const ports = datapathPorts(answers.get('dpif/show') ?? '')
  for (const { datapath, bridge, name, ofport, index, type } of ports)
    add('ovs_dp_interface', 1, { datapath, bridge, name, ofport, index, port_type: type })
  for (const [key, all] of groups(ports, ({ datapath, bridge }) => `${datapath} ${bridge}`)) {
    const [datapath = '', bridge = ''] = key.split(' ')
    add('ovs_dp_bridge_interfaces', all.length, { datapath, bridge })
  }
  for (const { datapath, flows, limit, dumpMs } of upcalls(answers.get('upcall/show') ?? '')) {
    add('ovs_upcall_flows', flows, { datapath })
    add('ovs_upcall_flow_limit', limit, { datapath })
    add('ovs_upcall_dump_duration_seconds', dumpMs / 1000, { datapath })
  }
  dropSamples({ add }, answers)
  threadSamples({ add }, answers)
}

function groups<T>(all: readonly T[], key: (each: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const each of all) found.set(key(each), [...(found.get(key(each)) ?? []), each])
  return found
}

/** Coverage tells of an event only once it has happened; a series that begins with its first drop hides that one. */
const DROP_REASONS = [
  ...[
    'upcall_error',
    'lock_error',
    'rx_invalid_packet',
    'meter',
    'userspace_action_error',
    'tunnel_push_error',
    'tunnel_pop_error',
    'recirc_error',
    'invalid_port',
    'invalid_tnl_port',
    'sample_error',
    'nsh_decap_error',
  ].map((reason) => `datapath_drop_${reason}`),
  ...[
    'of_pipeline',
    'bridge_not_found',
    'recursion_too_deep',
    'too_many_resubmit',
    'stack_too_deep',
    'no_recirculation_context',
    'recirculation_conflict',
    'too_many_mpls_labels',
    'invalid_tunnel_metadata',
    'unsupported_packet_type',
    'congestion',
    'forwarding_disabled',
  ].map((reason) => `drop_action_${reason}`),
]

function dropSamples({ add }: Pick<Samples, 'add'>, answers: Answers): void {
  const counted = coverage(answers.get('coverage/show') ?? '').filter(({ event }) =>
    /^(datapath_drop|drop_action)_/.test(event),
  )
  const drops = new Map(DROP_REASONS.map((reason) => [reason, 0]))
  for (const { event, total } of counted) drops.set(event, total)
  for (const [reason, total] of drops) add('ovs_datapath_drops_total', total, { drop_reason: reason })
}

function threadSamples({ add }: Pick<Samples, 'add'>, answers: Answers): void {
  const all = threads(answers.get('dpif-netdev/pmd-perf-show') ?? '', answers.get('dpif-netdev/pmd-stats-show') ?? '')
  if (all.length === 0) return
  for (const { id, numa, core, figures } of all)
    for (const [name, value] of Object.entries(figures))
      add(`ovs_pmd_${name}`, value, { pmd_id: id, numa_id: numa, core_id: core })
  const sum = (of: keyof (typeof all)[0]['caches']) => all.reduce((total, { caches }) => total + caches[of], 0)
  const [emc, smc, megaflow, miss] = [sum('emc'), sum('smc'), sum('megaflow'), sum('miss')]
  const lookups = emc + smc + megaflow + miss
  const share = (part: number) => (lookups > 0 ? part / lookups : undefined)
  add('ovs_flow_cache_lookups_total', lookups)
  add('ovs_flow_cache_emc_hits_total', emc)
  add('ovs_flow_cache_emc_hit_ratio', share(emc))
  add('ovs_flow_cache_smc_hits_total', smc)
  add('ovs_flow_cache_smc_hit_ratio', share(smc))
  add('ovs_flow_cache_megaflow_hits_total', megaflow)
  add('ovs_flow_cache_megaflow_misses_total', miss)
  add('ovs_flow_cache_megaflow_hit_ratio', share(megaflow))
}

export function bridgeSamples(
  { add }: Samples,
  switchRows: Replica,
  counted: ReadonlyMap<string, BridgeCounters>,
): void {
  for (const [uuid, row] of switchRows.rows('Bridge')) {
    const bridge = text(row.name)
    add('ovs_bridge_info', 1, {
      bridge,
      uuid,
      datapath_type: text(row.datapath_type) || 'system',
      datapath_id: text(row.datapath_id),
      fail_mode: text(row.fail_mode) || 'standalone',
    })
    add('ovs_bridge_port_count', many(row.ports).length, { bridge })
    add('ovs_bridge_flow_count', counted.get(bridge)?.flows, { bridge })
  }
}
