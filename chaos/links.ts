// Faults on links, made in the patchbay: outside the systems under test, and counted there.

import { linkNamed } from '../lab/topology/links.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import { ScenarioError } from '../lab/errors.ts'
import type { Heading, WireEnd } from '../lab/patchbay/wires.ts'
import { type Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import type { Applied, Fault } from './fault.ts'

/** Silences directions at one instant; proved by what each switch dropped since. */
async function silence(lab: Lab, headings: readonly Heading[]): Promise<Applied> {
  const { wires } = lab
  const before = await Promise.all(headings.map(wires.count))
  const bracket = await wires.silence(headings, true)
  return {
    bracket,
    effective: {
      name: `packets dropped at ${headings.length} link directions`,
      look: async () => {
        const now = await Promise.all(headings.map(wires.count))
        const dropped = now.reduce((sum, count, i) => sum + count.dropped - (before[i]?.dropped ?? 0), 0)
        return { holds: dropped > 0, saw: `${dropped} packets dropped` }
      },
    },
    heal: () => wires.silence(headings, false),
    restored: {
      name: 'packets to pass again',
      look: async () => {
        const first = await Promise.all(headings.map(wires.count))
        const second = await Promise.all(headings.map(wires.count))
        const dropping = second.some((count, i) => count.dropped !== first[i]?.dropped)
        return { holds: !dropping, saw: dropping ? 'still dropping' : 'nothing is dropped' }
      },
    },
  }
}

const bothWays = (end: WireEnd): Heading[] => [{ end, heading: 'from' }, { end, heading: 'to' }]

/** Isolation of a node: every link of it falls silent at one instant, both ways, carriers up. */
export const isolate = (node: string): Fault => ({
  name: `isolation of ${node}`,
  targets: [node],
  check: ({ topology }) => void nodeNamed(topology, node),
  apply: (lab) => silence(lab, lab.wires.endsOf(node).flatMap(bothWays)),
})

/** The one link between two nodes. Throws ScenarioError where there is none. */
function between(topology: Topology, a: string, b: string): string {
  nodeNamed(topology, a)
  nodeNamed(topology, b)
  for (const node of [a, b]) {
    const other = node === a ? b : a
    const link = linksOf(topology, node).find(({ ends }) => ends.some((end) => end.node === other))
    if (link) return link.name
  }
  const near = linksOf(topology, a).flatMap(({ ends }) => ends.map((end) => end.node).filter((node) => node !== a))
  throw new ScenarioError(`no link between ${a} and ${b} in ${topology.name}; ${a} is linked to ${near.join(', ') || 'the fabric only'}`)
}
