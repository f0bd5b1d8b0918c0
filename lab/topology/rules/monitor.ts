// The management network has room for every node on it.

import type { Flaw } from '../flaw.ts'
import { network } from '../ipv4.ts'
import { management } from '../management.ts'
import type { Topology } from '../types.ts'

export function* monitor(topology: Topology): Iterable<Flaw> {
  if (!topology.monitor) return
  const { cidr, first, last } = network(topology.monitor.network)
  const [needed, there] = [management(topology).length, Math.max(0, last - first - 1)]
  if (needed > there)
    yield {
      at: ['monitor', 'network'],
      says: `${cidr} has ${there} hosts, and ${needed} nodes stand on it; take a larger one`,
    }
}
