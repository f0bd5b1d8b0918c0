// What a node of each role is made of: capabilities, interfaces, and the script that starts it.

import type { Daemon } from './daemon.ts'

/** An interface in a node's namespace, and how it is set up. */
export type Interface = {
  readonly device: string
  readonly mac?: string
  /** '10.0.1.10/24'; none for a port of a switch. */
  readonly address?: string
  readonly mtu: number
}

/** A small file system in memory: its folder, and how large it is. */
export type Disk = { readonly folder: string; readonly size: `${number}m` }

export type NodePlan = {
  /** capabilities(7), without CAP_; the fewest that the role needs. */
  readonly capabilities: readonly string[]
  readonly tun?: boolean
  /** By database: the file system that it has for itself, so that it can run full and nothing else does. */
  readonly disks?: Readonly<Record<string, Disk>>
  /** cgroup CPU shares, where 1024 is a container's usual part: what keeps time must not wait for what works. */
  readonly cpuShares?: number
  readonly sysctls?: Readonly<Record<string, string>>
  /** Environment of its first process, and so of all commands that are run in it. */
  readonly env?: Readonly<Record<string, string>>
  readonly interfaces: readonly Interface[]
  /** Arguments of `ip route add`, once the interfaces are up. */
  readonly routes: readonly string[]
  /** Arguments of `ip neighbour add`: neighbours that the node need not ask for. */
  readonly neighbours?: readonly string[]
  /** Bash text that boots the node, its daemons among the rest; done when it returns. */
  readonly start: string
  /** In the order they start. */
  readonly daemons: readonly Daemon[]
  /** Bash text of a background process whose lines go into the history, by stream name. */
  readonly watch: Readonly<Record<string, string>>
}

/**
 * MAC of a fabric address, '02:00:ac:14:00:02' for 172.20.0.2. A node made anew has it again, as a
 * server that was restarted: otherwise its peers go on sending to the dead one for half a minute.
 */
export const fabricMac = (address: string): string =>
  ['02', '00', ...address.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'))].join(':')

/** Geneve over IPv4 adds 58 bytes to a frame of 1500 at most; 1400 leaves room. */
export const OVERLAY_MTU = 1400
export const UNDERLAY_MTU = 1500

/** UDP port of the prober on every workload and on the internet. */
export const PROBE_PORT = 7000

/** For daemons that start as root, give their files away and run as somebody else. */
export const DAEMON = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETUID', 'SETGID', 'KILL'] as const

/** zebra sets routes, bfdd opens raw sockets, all of them ask for SYS_ADMIN to look for VRFs; bfdd gets a priority. */
export const ROUTING = [...DAEMON, 'NET_ADMIN', 'NET_RAW', 'SYS_ADMIN', 'SYS_NICE', 'NET_BIND_SERVICE'] as const

/** The lab is IPv4; without this every device would also send router solicitations. */
export const NO_IPV6 = { 'net.ipv6.conf.all.disable_ipv6': '1', 'net.ipv6.conf.default.disable_ipv6': '1' } as const

/** Forwards, and no reverse path filter: a standby gateway's paths are asymmetric while it takes over. */
export const FORWARDING = {
  'net.ipv4.ip_forward': '1',
  'net.ipv4.conf.all.rp_filter': '0',
  'net.ipv4.conf.default.rp_filter': '0',
} as const

/** The kernel's routes, links and neighbours as they change, with kernel-side order and microseconds. */
export const KERNEL_WATCH = 'ip -ts -o monitor link route'

/** Of nodes with BFD sessions, and of the patchbay. */
export const TIMEKEEPER_SHARES = 8192
/** Of nodes that send probes: little to do, but on time. */
export const PROBER_SHARES = 32768
