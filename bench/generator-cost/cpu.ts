// CPU time of those who take part in a probe, by the processes' own counters.

import { PATCHBAY } from '../../lab/patchbay/node.ts'
import type { Lab } from '../../lab/types.ts'

export const PARTS = ['sender', 'server', 'taps', 'runner', 'engine', 'switches'] as const
export type Part = (typeof PARTS)[number]
/** ms since each process began. */
export type Cpu = Readonly<Record<Part, number>>

/**
 * Prints the ns that all threads of each process of this name have run, as the kernel's scheduler counts
 * them (/proc/PID/task/TID/schedstat): ticks of 10 ms would miss what sends for 20 us at a time.
 */
const ranOf = (process: string, whose = 'true') =>
  `for p in $(pgrep -x ${process}); do ${whose} && awk '{ n += $1 } END { printf "%d %s\\n", n, args }' args="$(tr '\\0' ' ' </proc/$p/cmdline)" /proc/$p/task/*/schedstat 2>/dev/null; done; true`

/** The patchbay sees the processes of every lab on the machine: this is true of its own. */
const OWN = 'cmp -s /proc/$p/cgroup /proc/self/cgroup'

/** ms of all processes of a listing, or of those whose arguments match. */
export function ranMs(listing: string, args = /./): number {
  const lines = [...listing.matchAll(/^(\d+) (.*)$/gm)].filter(([, , text = '']) => args.test(text))
  return lines.reduce((sum, [, ns]) => sum + Number(ns) / 1e6, 0)
}

/** What each has used so far. The engine is that of the machine, and serves other labs too. */
export async function cpu(lab: Lab, sender: string, server: string): Promise<Cpu> {
  const read = async (node: string, process: string, whose?: string) => (await lab.run(node, ranOf(process, whose))).out
  const chassis = lab.topology.chassis.map(({ name }) => name)
  const [sent, served, taps, dockerd, shims, ...switches] = await Promise.all([
    read(sender, 'prober'),
    read(server, 'prober'),
    read(PATCHBAY, 'tap', OWN),
    read(PATCHBAY, 'dockerd'),
    read(PATCHBAY, 'containerd-shim'),
    ...chassis.map((node) => read(node, 'ovs-vswitchd')),
  ])
  const { user, system } = process.cpuUsage()
  return {
    sender: ranMs(sent ?? '', /prober send/),
    server: ranMs(served ?? '', /prober serve/),
    taps: ranMs(taps ?? ''),
    runner: (user + system) / 1e3,
    engine: ranMs(dockerd ?? '') + ranMs(shims ?? ''),
    switches: switches.reduce((sum, listing) => sum + ranMs(listing), 0),
  }
}

export const between = (from: Cpu, to: Cpu): Cpu =>
  Object.fromEntries(PARTS.map((part) => [part, to[part] - from[part]])) as Record<Part, number>
