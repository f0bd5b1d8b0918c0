// The central nodes: one, or a cluster that can lose a member.

import type { Flaw } from '../flaw.ts'
import type { Topology } from '../types.ts'

/**
 * A cluster decides by majority (RAFT): of an even number it takes as many losses to stop it as of one
 * member less, and of two it takes one.
 */
export function* cluster({ central, timers }: Topology): Iterable<Flaw> {
  const peers = central.peers?.length ?? 0
  if (peers % 2 === 1)
    yield {
      at: ['central', 'peers'],
      says: `makes a cluster of ${peers + 1}, which survives no more losses than one of ${peers}; add another, or leave one out`,
    }
  if (timers.raft && peers === 0)
    yield {
      at: ['timers', 'raft'],
      says: 'is of a cluster, and there is one central node; add peers or leave this out',
    }
}
