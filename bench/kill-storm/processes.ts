// The processes of this machine, as /proc tells them (proc(5)). Linux only.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export type Process = {
  readonly pid: number
  readonly parent: number
  /** Session, setsid(2): all that one run starts, whoever was its parent's parent. */
  readonly session: number
  /** Start time in ticks since boot; with the pid it names a process once and for all. */
  readonly started: string
  readonly command: string
  /** Id of the container it is in. */
  readonly container?: string
  /** Network namespace, '4026531833'; undefined where we may not look. */
  readonly netns?: string
}

/** Reads /proc/PID/stat. The name in parentheses may hold anything, spaces and parentheses too. */
export function parseStat(stat: string): { state: string; parent: number; session: number; started: string } {
  const [state = '', parent, , session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state, parent: Number(parent), session: Number(session), started: rest[15] ?? '' }
}

/** The innermost container of a /proc/PID/cgroup: ids are 64 hex digits in every layout of cgroups. */
export const containerOf = (cgroup: string): string | undefined => cgroup.match(/[0-9a-f]{64}/g)?.at(-1)

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch {
    return undefined // it has ended meanwhile, or it is not ours to look at
  }
}

function look(pid: number): Process | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  if (!stat) return undefined
  const { state, ...known } = parseStat(stat)
  // Dead, and only waiting for its parent to ask for its exit code.
  if (state === 'Z' || state === 'X') return undefined
  const container = containerOf(attempt(() => readFileSync(`/proc/${pid}/cgroup`, 'utf8')) ?? '')
  const netns = attempt(() => readlinkSync(`/proc/${pid}/ns/net`))?.match(/\d+/)?.[0]
  return {
    pid,
    ...known,
    command: (attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').replaceAll('\0', ' ').trim(),
    ...(container && { container }),
    ...(netns && { netns }),
  }
}

/** Every process that lives. */
export const processes = (): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => look(Number(name)) ?? [])
