// Packets walked through forwarding tables, hop by hop, without a packet: where each ends, and by which way.

import { contains, network } from '../topology/ipv4.ts'
import type { FibRoute } from './fib.ts'

/** What forwards: a node with a kernel, or a logical router. */
export type Router = {
  readonly name: string
  /** All that it answers to. */
  readonly addresses: readonly string[]
  readonly routes: readonly FibRoute[]
}

export type Walk = {
  /** Every router on the way, the first one included, 'lr-vpc-a'. */
  readonly hops: readonly string[]
  /** It came to who has the address; or why it did not. */
  readonly ends: 'delivered' | 'loop' | 'blackhole' | 'no route' | 'nobody there'
}

/** The longest match (RFC 1812 §5.2.4.3), and of several to one prefix the one of the lowest metric. */
export function match(routes: readonly FibRoute[], address: string): FibRoute | undefined {
  const host = network(`${address}/32`)
  return routes
    .filter(({ prefix }) => contains(network(prefix), host))
    .toSorted((a, b) => network(b.prefix).prefix - network(a.prefix).prefix || a.metric - b.metric)[0]
}

/** Every way that equal-cost next hops leave open from a router to an address: one walk for each. */
export function walks(routers: readonly Router[], from: string, to: string): readonly Walk[] {
  const byAddress = new Map(routers.flatMap((router) => router.addresses.map((address) => [address, router] as const)))
  const step = (at: Router | undefined, before: readonly string[]): readonly Walk[] => {
    if (!at) return [{ hops: before, ends: 'nobody there' }]
    const hops = [...before, at.name]
    if (before.includes(at.name)) return [{ hops, ends: 'loop' }]
    if (at.addresses.includes(to)) return [{ hops, ends: 'delivered' }]
    const route = match(at.routes, to)
    if (!route) return [{ hops, ends: 'no route' }]
    if (route.blackhole) return [{ hops, ends: 'blackhole' }]
    const next = route.via.length > 0 ? route.via : [to]
    return next.flatMap((address) => step(byAddress.get(address), hops))
  }
  return step(
    routers.find(({ name }) => name === from),
    [],
  )
}
