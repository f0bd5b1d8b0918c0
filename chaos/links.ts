// Faults on links, made in the patchbay: outside the systems under test, and counted there.

import { ScenarioError } from '../lab/errors.ts'
import type { Course } from '../lab/patchbay/rules.ts'
import type { Heading, WireEnd } from '../lab/patchbay/wires.ts'
import { type Link, links } from '../lab/topology/links.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import type { Fault } from './fault.ts'
import { DROPPED, imposed } from './imposed.ts'

/** Everything that enters or leaves the patchbay at a node's end of a link. */
export const bothWays = (end: WireEnd): Heading[] => [
  { end, heading: 'from' },
  { end, heading: 'to' },
]

/** Everything of a direction is dropped. */
export const silenced = (heading: Heading): Course => ({ heading, rule: { loss: 1, duplicate: 0 } })

/** Isolation of a node: every link of it falls silent at one instant, both ways, carriers up. */
export const isolate = (node: string): Fault => ({
  name: `isolation of ${node}`,
  targets: [node],
  check: ({ topology }) => void nodeNamed(topology, node),
  apply: async (lab) => {
    const courses = lab.wires.endsOf(node).flatMap(bothWays).map(silenced)
    return imposed(await lab.wires.rules.impose(`isolation of ${node}`, courses), DROPPED)
  },
})

/** What a node's link to the underlay is called, where a peer is asked for. */
export const FABRIC = 'fabric'

/** The link between two nodes, or between a node and the fabric. Throws ScenarioError where there is none. */
export function linkBetween(topology: Topology, a: string, b: string): Link {
  for (const node of [a, b]) if (node !== FABRIC) nodeNamed(topology, node)
  const far = (link: Link, node: string) => (link.fabric ? FABRIC : link.ends.find((end) => end.node !== node)?.node)
  const mine = links(topology).filter(({ ends }) => ends.some(({ node }) => node === a))
  const found = mine.find((link) => far(link, a) === b)
  if (found) return found
  const near = mine.map((link) => far(link, a))
  throw new ScenarioError(
    `no link between ${a} and ${b} in ${topology.name}; ${a} is linked to ${near.join(', ') || 'nothing'}`,
  )
}

/** Carrier of a device as its own node sees it, '0' or '1'. */
const carrierAt = async (lab: Lab, { node, device }: WireEnd) =>
  (await lab.try(node, `cat /sys/class/net/${device}/carrier`)).out.trim()

/** Carrier loss on the link between two nodes, seen at both ends at once. */
export const linkDown = (a: string, b: string): Fault => ({
  name: `carrier loss between ${a} and ${b}`,
  targets: [a, b].filter((node) => node !== FABRIC),
  check: ({ topology }) => void linkBetween(topology, a, b),
  apply: async (lab) => {
    const { ends } = lab.wires.named(linkBetween(lab.topology, a, b).name)
    const seen = (wanted: '0' | '1') => ({
      name: `carrier ${wanted === '1' ? 'up' : 'down'} at ${ends.map(({ node, device }) => `${node}:${device}`).join(' and ')}`,
      look: async () => {
        const carriers = await Promise.all(ends.map((end) => carrierAt(lab, end)))
        return { holds: carriers.every((carrier) => carrier === wanted), saw: `carrier ${carriers.join(' and ')}` }
      },
    })
    return {
      bracket: await lab.wires.carrier(ends, false),
      effective: seen('0'),
      heal: () => lab.wires.carrier(ends, true),
      restored: seen('1'),
    }
  },
})
