// Faults on one OSPF adjacency: what an operator does to it, while its link is sound.

import { askNeighbours, configureOspf, parseNeighbours } from '../../lab/frr/adjacency.ts'
import { ospfFull } from '../../lab/ready/ospf.ts'
import { type Adjacency, adjacencyBetween } from '../../lab/topology/adjacencies.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import { all } from '../compose/together.ts'
import type { Fault } from '../fault.ts'
import { serves } from '../kill.ts'

/** The far end has lost its neighbour: nothing that the near end says of itself would prove it. */
const lost = ({ near, far }: Adjacency): Condition<Lab> => ({
  name: `${far.node} to have lost its neighbour ${near.node}`,
  look: async (lab) => {
    const neighbours = parseNeighbours((await lab.try(far.node, askNeighbours)).out)
    const seen = neighbours?.find(({ address }) => address === near.address)?.state ?? 'not there'
    return {
      holds: neighbours !== undefined && seen !== 'Full',
      saw: neighbours ? `${near.node} ${seen}` : 'no answer',
    }
  },
})

const whole = ({ near, far }: Adjacency): Condition<Lab> => ({
  ...all([serves(near.node), ospfFull([far.node])]),
  name: `the adjacency of ${near.node} with ${far.node} to be Full again`,
})

/** Lines that one of two neighbours is told for the interface between them, and what takes them back. */
const onInterface = (
  what: string,
  [a, b]: readonly [string, string],
  lines: (adjacency: Adjacency) => { readonly line: string; readonly undo: string },
): Fault => ({
  name: `${what} ${a} towards ${b}`,
  targets: [a, b],
  check: ({ topology }) => void adjacencyBetween(topology, a, b),
  apply: async (lab) => {
    const adjacency = adjacencyBetween(lab.topology, a, b)
    const { near } = adjacency
    const { line, undo } = lines(adjacency)
    const told = (text: string) => configureOspf([`interface ${near.device}`, text])
    await lab.armory?.arm(near.node, told(undo))
    const { bracket } = await lab.run(near.node, told(line))
    return {
      bracket,
      effective: lost(adjacency),
      heal: async () => (await lab.run(near.node, told(undo))).bracket,
      restored: whole(adjacency),
    }
  },
})

/** The first of two neighbours makes its interface towards the second passive: it sends and hears no more hellos there. */
export const ospfPassive = (a: string, b: string): Fault =>
  onInterface('passive OSPF interface of', [a, b], () => ({ line: 'ip ospf passive', undo: 'no ip ospf passive' }))

/** The first of two neighbours takes its interface towards the second out of OSPF, as an operator does by mistake. */
export const ospfRemoved = (a: string, b: string): Fault =>
  onInterface('removal from OSPF of the interface of', [a, b], ({ area }) => ({
    line: 'no ip ospf area',
    undo: `ip ospf area ${area}`,
  }))
