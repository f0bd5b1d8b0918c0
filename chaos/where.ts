// Where on the wire something happens: links by their ends, directions by the end that is named first.

import { ScenarioError } from '../lab/errors.ts'
import type { Rule } from '../lab/patchbay/rule.ts'
import type { Course } from '../lab/patchbay/rules.ts'
import type { Heading } from '../lab/patchbay/wires.ts'
import { type End, linkNamed, links } from '../lab/topology/links.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'
import { FABRIC, linkBetween } from './links.ts'

/** Forward is from the end that is named first, reverse is to it. */
export type Sense = 'forward' | 'reverse' | 'both'

export type Where = {
  /**
   * Two nodes with a link between them, a node and the fabric, a link by one of its ends, 'nat-gw-a-1:eth1', or two
   * nodes of the fabric: then it happens to what these two send each other there.
   */
  readonly between: readonly [string, string] | string
  /** By default both, each for itself. */
  readonly direction?: Sense
}

/** A direction of a link, and whose packets are meant there; by default everybody's. */
export type Way = { readonly heading: Heading; readonly peer?: string }

/** 'between nat-gw-a-1 and internet', 'from nat-gw-a-1 to internet' */
export function sayWhere({ between, direction = 'both' }: Where): string {
  if (typeof between === 'string')
    return direction === 'both' ? `on ${between}` : `${direction === 'forward' ? 'from' : 'to'} ${between}`
  const [a, b] = between
  if (direction === 'both') return `between ${a} and ${b}`
  return direction === 'forward' ? `from ${a} to ${b}` : `from ${b} to ${a}`
}

const fabricEnd = (topology: Topology, node: string): End | undefined =>
  links(topology).find(({ fabric, ends }) => fabric && ends[0].node === node)?.ends[0]

/** The address that a node of the fabric has there, its tunnels' end. Throws ScenarioError for another node. */
export function fabricAddress(topology: Topology, node: string): string {
  linkBetween(topology, node, FABRIC)
  return nodeNamed(topology, node).addresses[0] ?? ''
}

/** What a node of the fabric sends there to another one. */
export const acrossFabric = (topology: Topology, from: string, to: string): Way => ({
  heading: { end: linkBetween(topology, from, FABRIC).ends[0], heading: 'from' },
  peer: fabricAddress(topology, to),
})

/** Both ways of it, forward first. */
function bothOf(topology: Topology, between: Where['between']): readonly [Way, Way] {
  if (typeof between !== 'string') {
    const [a, b] = between
    if (a === b) throw new ScenarioError(`a path goes between two nodes; both are ${a}`)
    if (fabricEnd(topology, a) && fabricEnd(topology, b))
      return [acrossFabric(topology, a, b), acrossFabric(topology, b, a)]
  }
  const [first, second] = typeof between === 'string' ? [between] : between
  const link =
    second === undefined
      ? linkNamed(topology, first)
      : first === FABRIC
        ? linkBetween(topology, second, first)
        : linkBetween(topology, first, second)
  const end = link.ends.find(({ node, device }) => node === first || `${node}:${device}` === first) ?? link.ends[0]
  const [from, to]: [Way, Way] = [{ heading: { end, heading: 'from' } }, { heading: { end, heading: 'to' } }]
  return first === FABRIC ? [to, from] : [from, to]
}

/** The directions that are meant. Throws ScenarioError for a link that is not there. */
export function waysOf(topology: Topology, { between, direction = 'both' }: Where): readonly Way[] {
  const [forward, reverse] = bothOf(topology, between)
  return direction === 'both' ? [forward, reverse] : [direction === 'forward' ? forward : reverse]
}

/** Every link of a node; forward is what it sends. Throws ScenarioError for a node that is not there. */
export function waysAt(topology: Topology, node: string, direction: Sense = 'both'): readonly Way[] {
  nodeNamed(topology, node)
  const ends = links(topology).flatMap(({ ends }) => ends.filter((end) => end.node === node))
  return ends.flatMap((end) => {
    const [from, to]: [Way, Way] = [{ heading: { end, heading: 'from' } }, { heading: { end, heading: 'to' } }]
    return direction === 'both' ? [from, to] : [direction === 'forward' ? from : to]
  })
}

/** The nodes at the ends of a link, or of a path across the fabric. */
export function nodesAt(topology: Topology, { between }: Where): readonly string[] {
  if (typeof between === 'string') return linkNamed(topology, between).ends.map(({ node }) => node)
  return between.filter((node) => node !== FABRIC)
}

/** The same rule at each of these ways, for the peers that are meant there. */
export const coursesOf = (ways: readonly Way[], rule: Rule): readonly Course[] =>
  ways.map(({ heading, peer }) => ({
    heading,
    rule: peer === undefined ? rule : { ...rule, match: { ...rule.match, peers: [peer] } },
  }))
