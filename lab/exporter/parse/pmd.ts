// Threads of the userspace datapath, as dpif-netdev/pmd-perf-show tells of PMD threads, and
// dpif-netdev/pmd-stats-show of the main thread, which forwards where there are none.

export type Thread = {
  /** 'core_id 1', or 'main' */
  readonly id: string
  readonly numa: string
  readonly core: string
  /** By its name among ovs_pmd_*. */
  readonly figures: Readonly<Record<string, number>>
  /** Hits by cache, for all threads together. */
  readonly caches: { readonly emc: number; readonly smc: number; readonly megaflow: number; readonly miss: number }
}

/** The first number after each of these words, in a block of lines. */
const reader = (block: string) => (words: string) => {
  const found = new RegExp(`${words}:\\s+([\\d.]+)`).exec(block)?.[1]
  return found === undefined ? Number.NaN : Number(found)
}

/** Without DPDK the cycles are of no clock, and their shares are senseless: such a share is none. */
const share = (part: number, whole: number) => (part >= 0 && part <= whole && whole > 0 ? part / whole : Number.NaN)

function pmdThread(heading: string, block: string): Thread {
  const at = reader(block)
  const [, numa = '', core = ''] = /numa_id (\d+) core_id (\d+)/.exec(heading) ?? []
  const [iterations, cycles, rx, tx, batches] = [
    at('Iterations'),
    at('Used TSC cycles'),
    at('Rx packets'),
    at('Tx packets'),
    at('Tx batches'),
  ]
  const percent = (words: string) => Number(new RegExp(`${words}:.*?\\(\\s*([\\d.]+) % of used`).exec(block)?.[1]) / 100
  const busy = percent('busy iterations')
  const idle = percent('idle iterations')
  const sane = busy <= 1 && idle <= 1
  const caches = {
    emc: at('EMC hits'),
    smc: at('SMC hits'),
    megaflow: at('Megaflow hits'),
    miss: at('Upcalls') + at('Lost upcalls'),
  }
  return {
    id: core,
    numa,
    core,
    caches,
    figures: {
      iterations_total: iterations,
      sleep_iterations_total: at('sleep iterations'),
      rx_packets_total: rx,
      tx_packets_total: tx,
      tx_batches_total: batches,
      avg_tx_batch_size: batches > 0 ? tx / batches : Number.NaN,
      packets_per_batch: batches > 0 ? tx / batches : Number.NaN,
      packets_per_iteration: iterations > 0 ? rx / iterations : Number.NaN,
      exact_match_hit_total: caches.emc,
      masked_hit_total: caches.megaflow,
      miss_total: caches.miss,
      upcalls_total: at('Upcalls'),
      lost_total: at('Lost upcalls'),
      ...(sane && {
        busy_cycles_total: Math.round(busy * cycles),
        idle_cycles_total: Math.round(idle * cycles),
        cpu_utilization_ratio: share(busy, 1),
        cycles_per_iteration: cycles / iterations,
        cycles_per_packet: rx > 0 ? (busy * cycles) / rx : Number.NaN,
      }),
    },
  }
}

function mainThread(block: string): Thread {
  const at = reader(block)
  const caches = {
    emc: at('emc hits'),
    smc: at('smc hits'),
    megaflow: at('megaflow hits'),
    miss: at('miss with success upcall') + at('miss with failed upcall'),
  }
  return {
    id: 'main',
    numa: '',
    core: '',
    caches,
    figures: {
      rx_packets_total: at('packets received'),
      packets_per_batch: at('avg. packets per output batch'),
      exact_match_hit_total: caches.emc,
      masked_hit_total: caches.megaflow,
      miss_total: caches.miss,
      upcalls_total: at('miss with success upcall'),
      lost_total: at('miss with failed upcall'),
    },
  }
}

const blocks = (text: string): [heading: string, block: string][] =>
  text
    .split(/^(?=(?:pmd|main) thread)/m)
    .filter((block) => /^(pmd|main) thread/.test(block))
    .map((block) => [block.slice(0, block.indexOf('\n')), block])

/** All threads; `stats` of a version that still has pmd-stats-show. */
export const threads = (perf: string, stats: string): Thread[] => [
  ...blocks(perf).map(([heading, block]) => pmdThread(heading, block)),
  ...blocks(stats).flatMap(([heading, block]) => (heading.startsWith('main') ? [mainThread(block)] : [])),
]
