// What a container of ours says of itself, so that it can be found, and its owner told dead or alive.

import { readFileSync } from 'node:fs'

export const LABEL = {
  /** Name of the lab, the same on all its containers. */
  lab: 'ovn-gameday.lab',
  node: 'ovn-gameday.node',
  topology: 'ovn-gameday.topology',
  /** Digest of the topology and the image: what the lab was made from. */
  madeFrom: 'ovn-gameday.made-from',
  /** How many containers the whole lab has. */
  size: 'ovn-gameday.size',
  /** Process that made it, as `owner()` writes it. */
  owner: 'ovn-gameday.owner',
} as const

/** Start time of a process in clock ticks since boot (proc_pid_stat(5), field 22), or undefined if there is none. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

const boot = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8)

/** This process, in a form that no later process with the same number can match. */
export const owner = (): string => `${boot()}:${process.pid}:${startTime(process.pid)}`

/** Whether the process that an owner label names still runs. */
export function ownerLives(label: string): boolean {
  const [bootId, pid, started] = label.split(':')
  return bootId === boot() && startTime(Number(pid)) === started
}
