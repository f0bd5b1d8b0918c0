// How busy the machine was with other things, so that a figure can be told from its noise.

import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { poll } from './bench.ts'

/** CPU time since boot of all processors together, in clock ticks. */
export type CpuTime = { readonly busy: number; readonly steal: number; readonly total: number }

/** Reads the first line of /proc/stat, as proc_stat(5) explains it. */
export function parseCpu(stat: string): CpuTime {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    /^cpu +(.*)$/m.exec(stat)?.[1]?.split(' ').map(Number) ?? []
  const busy = user + nice + system + irq + softirq
  return { busy, steal, total: busy + idle + iowait + steal }
}

export type Noise = {
  /** Processes that ran or waited to run, averaged over the last minute. */
  readonly load: number
  /** Share of all processors that was busy while nothing of ours ran. */
  readonly busy?: number
  /** Share that the hypervisor gave to other machines. */
  readonly steal?: number
}

export const between = (from: CpuTime, to: CpuTime): { busy: number; steal: number } => ({
  busy: (to.busy - from.busy) / (to.total - from.total || 1),
  steal: (to.steal - from.steal) / (to.total - from.total || 1),
})

/** All processors together, since boot; unknown where there is no /proc. */
export const cpuTime = (): CpuTime | undefined =>
  existsSync('/proc/stat') ? parseCpu(readFileSync('/proc/stat', 'utf8')) : undefined

/** Half a second of each processor, at the kernel's 100 ticks a second. */
const enoughTicks = 50 * availableParallelism()

/** Looks at the machine for half a second, in which we do nothing ourselves. */
export async function noise(): Promise<Noise> {
  const load = loadavg()[0] ?? 0
  const from = cpuTime()
  if (!from) return { load }
  let to = from
  await poll(
    'half a second of CPU time to pass',
    async () => {
      to = cpuTime() ?? to
      return { holds: to.total - from.total >= enoughTicks, saw: `${to.total - from.total} ticks` }
    },
    { within: '2s', every: '100ms' },
  )
  return { load, ...between(from, to) }
}
