// Threads of the userspace datapath that forward packets. Without DPDK the main thread is the only one:
// `pmd_id` is then 'main'. Open vSwitch counts most of these for PMD threads alone.

import { family, type Metric } from './metric.ts'

const THREAD = ['pmd_id', 'numa_id', 'core_id'] as const

const ALL: readonly (readonly [string, 'counter' | 'gauge', string])[] = [
  ['iterations_total', 'counter', 'Rounds of its loop'],
  ['busy_cycles_total', 'counter', 'TSC cycles of rounds that found packets'],
  ['idle_cycles_total', 'counter', 'TSC cycles of rounds that found none'],
  ['sleep_iterations_total', 'counter', 'Rounds in which it slept'],
  ['cpu_utilization_ratio', 'gauge', 'Share of cycles in rounds that found packets, since it started'],
  ['cycles_per_iteration', 'gauge', 'TSC cycles of a round'],
  ['packets_per_iteration', 'gauge', 'Packets of a round'],
  ['cycles_per_packet', 'gauge', 'TSC cycles of a packet'],
  ['packets_per_batch', 'gauge', 'Packets that left together'],
  ['rx_packets_total', 'counter', 'Packets received'],
  ['tx_packets_total', 'counter', 'Packets sent'],
  ['tx_batches_total', 'counter', 'Batches sent'],
  ['avg_tx_batch_size', 'gauge', 'Packets of a batch sent'],
  ['exact_match_hit_total', 'counter', 'Packets found in the exact match cache'],
  ['masked_hit_total', 'counter', 'Packets found among the megaflows'],
  ['miss_total', 'counter', 'Packets found nowhere'],
  ['lost_total', 'counter', 'Upcalls that were lost'],
  ['upcalls_total', 'counter', 'Packets handed to ovs-vswitchd proper'],
]

export const ofPmd: readonly Metric[] = family(
  'chassis',
  ALL.map(([name, type, what]) => [`ovs_pmd_${name}`, type, THREAD, `${what} (dpif-netdev/pmd-perf-show)`]),
)
