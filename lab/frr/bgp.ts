// What a bgpd that runs is asked and told, as bash text for a node's shell.

import { vtysh } from './start.ts'

const socket = (instance: string) => (instance ? `/run/frr/${instance}` : '/run/frr')

/**
 * Tells a bgpd these lines of configuration, or commands of the enable mode, in one go; it exits non-zero and
 * changes nothing further at the first line that vtysh does not take. Unlike a question it does not give way:
 * what it costs lies within a fault's bracket.
 */
export const tell = (instance: string, lines: readonly string[]): string =>
  `vtysh --vty_socket ${socket(instance)} -d bgpd ${lines.map((line) => `-c ${JSON.stringify(line)}`).join(' ')}`

/**
 * The same, from configuration mode. `now` are commands of the enable mode that make it count at once: bgpd takes up a
 * changed route map after five seconds by itself (bgp route-map delay-timer).
 */
export const configure = (instance: string, lines: readonly string[], now: readonly string[] = []): string =>
  tell(instance, ['configure terminal', ...lines, ...(now.length > 0 ? ['end', ...now] : [])])

/** What one end knows of a session: `show bgp neighbors` of FRR, as far as it is used here. */
export type Neighbor = {
  /** RFC 4271 §8.2.2: 'Established', 'Idle', … */
  readonly state: string
  /** Times that it was Established, and that it was left again. */
  readonly established: number
  readonly dropped: number
  /** Why it was left last, in FRR's words. */
  readonly reason: string
  /** ROUTE-REFRESH messages that it received (RFC 2918). */
  readonly refreshed: number
}

/** Bash text that prints what `parseNeighbor` reads. */
export const askNeighbor = (instance: string, address: string): string =>
  vtysh('bgpd', `show bgp neighbors ${address} json`, instance)

type Said = {
  readonly bgpState?: string
  readonly connectionsEstablished?: number
  readonly connectionsDropped?: number
  readonly lastResetDueTo?: string
  readonly lastNotificationReason?: string
  readonly messageStats?: { readonly routeRefreshRecv?: number }
}

/** Nothing where bgpd did not answer, or knows no such neighbour. */
export function parseNeighbor(text: string, address: string): Neighbor | undefined {
  const from = text.indexOf('{')
  if (from < 0) return undefined
  const said = (JSON.parse(text.slice(from)) as Readonly<Record<string, Said | undefined>>)[address]
  if (!said?.bgpState) return undefined
  return {
    state: said.bgpState,
    established: said.connectionsEstablished ?? 0,
    dropped: said.connectionsDropped ?? 0,
    reason: said.lastNotificationReason ?? said.lastResetDueTo ?? '',
    refreshed: said.messageStats?.routeRefreshRecv ?? 0,
  }
}

/** Bash text that prints what `parsePaths` reads: the paths that a bgpd has to a prefix. */
export const askPaths = (instance: string, prefix: string): string =>
  vtysh('bgpd', `show bgp ipv4 unicast ${prefix} json`, instance)

export type Path = {
  /** Whom it was heard from, by address; '0.0.0.0' for its own. */
  readonly from: string
  readonly best: boolean
  readonly asPath: readonly number[]
  readonly localPreference: number | undefined
}

type SaidPath = {
  readonly peer?: { readonly peerId?: string }
  readonly bestpath?: { readonly overall?: boolean }
  readonly multipath?: boolean
  readonly aspath?: { readonly segments?: readonly { readonly list?: readonly number[] }[] }
  readonly locPrf?: number
}

/** None where the prefix is not known. Every path that is used counts as best: of equal cost there are several. */
export function parsePaths(text: string): readonly Path[] {
  const from = text.indexOf('{')
  if (from < 0) return []
  const { paths = [] } = JSON.parse(text.slice(from)) as { paths?: readonly SaidPath[] }
  return paths.map(({ peer, bestpath, multipath, aspath, locPrf }) => ({
    from: peer?.peerId ?? '0.0.0.0',
    best: bestpath?.overall === true || multipath === true,
    asPath: aspath?.segments?.flatMap(({ list = [] }) => list) ?? [],
    localPreference: locPrf,
  }))
}
