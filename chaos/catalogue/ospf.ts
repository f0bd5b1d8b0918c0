// Faults on OSPF's adjacencies, while every link is sound; none where gateways and the internet speak BGP.

import { adjacencies } from '../../lab/topology/adjacencies.ts'
import type { Topology } from '../../lab/topology/types.ts'
import type { Fault } from '../fault.ts'
import { ospfPassive, ospfRemoved } from '../ospf/adjacencies.ts'
import { type Case, caseOn, type Entry, gateways } from './entry.ts'

/** A fault on every adjacency of every gateway that a standby stands in for, by either end. */
const onAdjacencies =
  (make: (a: string, b: string) => Fault) =>
  (topology: Topology): readonly Case[] => {
    const spared = gateways(topology)
    return adjacencies(topology)
      .filter(({ near }) => spared.includes(near.node))
      .flatMap(({ near, far }) => [
        caseOn(topology, near.node, make(near.node, far.node)),
        caseOn(topology, near.node, make(far.node, near.node)),
      ])
  }

const STANDBY = 'the standby has announced its path all along'

export const onOspf: readonly Entry[] = [
  { kind: 'passive OSPF interface', survivable: STANDBY, cases: onAdjacencies(ospfPassive) },
  { kind: 'interface taken out of OSPF', survivable: STANDBY, cases: onAdjacencies(ospfRemoved) },
]
