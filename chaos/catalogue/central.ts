// Faults on the cluster of central nodes as one.

import { centrals } from '../../lab/topology/nodes.ts'
import { moveLeadership } from '../raft.ts'
import { type Entry, touches } from './entry.ts'

export const onCluster: readonly Entry[] = [
  {
    kind: "handover of a database's leadership",
    survivable: 'another member leads within milliseconds',
    cases: (topology) =>
      topology.central.peers
        ? (['nb', 'sb'] as const).map((name) => ({
            fault: moveLeadership(name),
            touches: [...new Set(centrals(topology).flatMap((each) => touches(topology, each.name)))],
          }))
        : [],
  },
]
