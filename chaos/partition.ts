// Partition of the fabric: sets of nodes that no longer hear each other, while each hears its own.

import { ScenarioError } from '../lab/errors.ts'
import { DATABASES } from '../lab/nodes/central.ts'
import { PEERS } from '../lab/patchbay/rule.ts'
import type { Course, Standing } from '../lab/patchbay/rules.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import type { Fault } from './fault.ts'
import { sum } from './imposed.ts'
import { FABRIC, linkBetween } from './links.ts'
import { fabricAddress } from './where.ts'

type Sets = readonly (readonly string[])[]

/** A node, and all that it is kept from. */
type Cut = { readonly from: string; readonly to: readonly string[] }

/** Who no longer reaches whom: with `oneWay`, the first set the others, which still reach it. */
const cuts = (sets: Sets, oneWay: boolean): readonly Cut[] =>
  (oneWay ? sets.slice(0, 1) : sets).flatMap((set) =>
    set.map((from) => ({ from, to: sets.flatMap((other) => (other === set ? [] : other)) })),
  )

/** Throws ScenarioError for a node that is not on the fabric, one that is named twice, and sets that part nobody. */
function assertSets(topology: Topology, sets: Sets): void {
  const all = sets.flat()
  for (const node of all) linkBetween(topology, node, FABRIC)
  const twice = all.find((node, i) => all.indexOf(node) !== i)
  if (twice !== undefined) throw new ScenarioError(`a partition parts nodes; ${twice} is on both sides`)
  if (sets.length < 2 || sets.some((set) => set.length === 0))
    throw new ScenarioError("a partition wants two sets of nodes at least, as in [['chassis-1'], ['chassis-2']]")
  const most = Math.max(...sets.map((set) => all.length - set.length))
  if (most > PEERS) throw new ScenarioError(`a partition keeps a node from ${PEERS} others at most, not from ${most}`)
}

/** What each sends to those it is kept from is dropped where it enters the fabric: IP by its addresses, and ARP. */
const courses = (topology: Topology, sets: Sets, oneWay: boolean): readonly Course[] =>
  cuts(sets, oneWay).map(({ from, to }) => ({
    heading: { end: linkBetween(topology, from, FABRIC).ends[0], heading: 'from' },
    rule: { loss: 1, duplicate: 0, match: { peers: to.map((node) => fabricAddress(topology, node)) } },
  }))

/**
 * Those that a node's TCP comes to and back from: accepted or refused, it was answered. Tried all at once, in a shell
 * of their own: the console's has other children.
 */
async function answering(lab: Lab, { from, to }: Cut): Promise<readonly string[]> {
  const tries = to.map((node) => {
    const answer = `timeout 0.3 bash -c '</dev/tcp/${fabricAddress(lab.topology, node)}/${DATABASES.sb.port}' 2>&1`
    return `{ said=$(${answer}); case "$? $said" in '0 '*|*refused*) echo ${node};; esac; } &`
  })
  return (await lab.try(from, `( ${tries.join('\n')}\nwait )`)).out.split('\n').filter(Boolean)
}

/** Both ways: of a loss in one direction TCP hears nothing in either. */
const reached = (sets: Sets, wanted: boolean): Condition<Lab> => ({
  name: `nodes of ${sets.length} sides ${wanted ? 'to reach' : 'not to reach'} each other`,
  look: async (lab) => {
    const asked = cuts(sets, false)
    const answers = await Promise.all(asked.map((cut) => answering(lab, cut)))
    const saw = asked.map(({ from }, i) => `${from} is answered by ${answers[i]?.join(', ') || 'nobody'}`)
    const holds = asked.every(({ to }, i) => answers[i]?.length === (wanted ? to.length : 0))
    return { holds, saw: saw.join('; ') }
  },
})

/** Nobody is answered, and the wire dropped something of everybody's. */
const parted = (sets: Sets, { tally }: Standing): Condition<Lab> => ({
  name: reached(sets, false).name,
  look: async (lab) => {
    const { holds, saw } = await reached(sets, false).look(lab)
    const tallies = await tally()
    const all = tallies.every(({ lost }) => lost > 0)
    return { holds: holds && all, saw: `${saw}; ${sum(tallies, 'lost')} packets dropped` }
  },
})

const list = (set: readonly string[]) => set.join(' and ')

/** A partition under a name of its own. */
export function partitionNamed(name: string, sets: Sets, oneWay = false): Fault {
  return {
    name,
    targets: sets.flat(),
    check: ({ topology }) => assertSets(topology, sets),
    apply: async (lab) => {
      const standing = await lab.wires.rules.impose(name, courses(lab.topology, sets, oneWay))
      return {
        bracket: standing.bracket,
        effective: parted(sets, standing),
        heal: standing.lift,
        restored: reached(sets, true),
      }
    },
  }
}

/**
 * Partition of the fabric into sets of nodes, as of switches between their racks that forward nothing: every carrier
 * is up, nodes that are in no set reach everybody, and several partitions do not undo each other. With `oneWay`, what
 * the first of two sets sends to the second is lost, and nothing else.
 */
export function partition(sets: Sets, { oneWay = false }: { readonly oneWay?: boolean } = {}): Fault {
  if (oneWay && sets.length !== 2) throw new ScenarioError(`a one-way partition wants two sets, not ${sets.length}`)
  const [first = [], ...others] = sets.map(list)
  const name = oneWay
    ? `one-way partition of ${first} to ${others.join()}`
    : `partition of ${first} from ${others.join(' from ')}`
  return partitionNamed(name, sets, oneWay)
}

/**
 * Loss of the path between two nodes across the fabric, both ways, as of a switch between their racks that
 * forwards nothing: every carrier is up, and whoever both still reach notices nothing.
 */
export const pathLoss = (a: string, b: string): Fault =>
  partitionNamed(`loss of the path between ${a} and ${b}`, [[a], [b]])
