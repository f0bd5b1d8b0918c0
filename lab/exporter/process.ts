// A daemon as the kernel sees it (proc(5)): memory, files, processor time, and the files it writes.

import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'

export type Process = {
  readonly pid: number
  readonly residentBytes?: number
  readonly openFds?: number
  readonly cpuSeconds?: number
  /** Unix time, s. */
  readonly startedAt?: number
  /** Its log and its database, by what they are called. */
  readonly logs: readonly (readonly [filename: string, bytes: number])[]
  readonly databases: readonly (readonly [filename: string, bytes: number])[]
}

/** USER_HZ, in which the kernel tells times of processes: 100 on every architecture that Debian has (times(2)). */
const HZ = 100

/** Unix time, s, of /proc/stat; its other lines are many. */
const bootedAt = () => Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])

export type Files = { readonly logs: readonly string[]; readonly databases: readonly string[] }

/** What a look gives, or what to take instead where there is nothing to look at, or it may not be. */
function unless<T>(otherwise: T, look: () => T): T {
  try {
    return look()
  } catch {
    return otherwise
  }
}

/** Which files it has open, by their names: looked up once in its life. */
export function filesOf(pid: number): Files {
  const folder = `/proc/${pid}/fd`
  const links = unless([], () => readdirSync(folder)).map((fd) => unless('', () => readlinkSync(`${folder}/${fd}`)))
  const ending = (suffix: string) => [...new Set(links.filter((link) => link.endsWith(suffix)))]
  return { logs: ending('.log'), databases: ending('.db') }
}

const sizes = (files: readonly string[]): [string, number][] =>
  files.flatMap((file) => {
    const found = unless(undefined, () => statSync(file))
    return found ? [[file, found.size] as [string, number]] : []
  })

/**
 * What of it may be read is there: files of another user's process may not. Read at once and not in turns:
 * these files are answers of the kernel's, which no disk delays.
 */
export function processOf(pid: number, { logs, databases }: Files): Process {
  const read = (path: string) => unless('', () => readFileSync(path, 'utf8'))
  const [status, line] = [read(`/proc/${pid}/status`), read(`/proc/${pid}/stat`)]
  const fds = unless(undefined, () => readdirSync(`/proc/${pid}/fd`))
  // The second field, its name, may hold blanks: fields are counted from behind it (proc_pid_stat(5)).
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [user = 0, system = 0, started = 0] = [fields[11], fields[12], fields[19]].map(Number)
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return {
    pid,
    ...(resident && { residentBytes: Number(resident) * 1024 }),
    ...(fds && { openFds: fds.length }),
    ...(line && { cpuSeconds: (user + system) / HZ, startedAt: bootedAt() + started / HZ }),
    logs: sizes(logs),
    databases: sizes(databases),
  }
}
