// A node's forwarding table, as its kernel prints it.

import { isCidr } from '../topology/ipv4.ts'

export type FibRoute = {
  /** '0.0.0.0/0' */
  readonly prefix: string
  /** Next hops by address; several of equal cost; none where the destination is on the link itself. */
  readonly via: readonly string[]
  /** It drops what it meets, or holds an address that is nobody's. */
  readonly blackhole?: true
  /** What put it there, in the kernel's words: 'bgp', 'kernel'. */
  readonly proto?: string
  /** Of two routes to one prefix the kernel takes that with the lower one. */
  readonly metric: number
}

const ROUTE = /^(?:(blackhole|unreachable|prohibit) )?(default|[\d.]+(?:\/\d+)?)(?: |$)/

const prefixOf = (destination: string): string => {
  if (destination === 'default') return '0.0.0.0/0'
  return destination.includes('/') ? destination : `${destination}/32`
}

/** What `ip -4 -o route show` prints; lines that are no route are left out. */
export function fibOf(listing: string): readonly FibRoute[] {
  return listing.split('\n').flatMap((line): FibRoute[] => {
    const [, dropped, destination] = ROUTE.exec(line.trim()) ?? []
    if (!destination || !isCidr(prefixOf(destination))) return []
    const [, proto] = /\bproto (\S+)/.exec(line) ?? []
    return [
      {
        prefix: prefixOf(destination),
        via: [...line.matchAll(/\bvia ([\d.]+)/g)].flatMap(([, address]) => address ?? []),
        metric: Number(/\bmetric (\d+)/.exec(line)?.[1] ?? 0),
        ...(dropped && { blackhole: true }),
        ...(proto !== undefined && { proto }),
      },
    ]
  })
}
