// Loss of one kind of packets on links, while all others pass: a filter somewhere on the way.

import { ScenarioError } from '../lab/errors.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Fault } from './fault.ts'
import { DROPPED, imposed } from './imposed.ts'
import { matchOfWhat, sayWhat, type What } from './kinds.ts'
import { FABRIC } from './links.ts'
import { coursesOf, nodesAt, type Sense, sayWhere, type Way, type Where, waysAt, waysOf } from './where.ts'

export type Block = (
  | Where
  /** All links of a node; forward is what it sends. */
  | { readonly on: string; readonly direction?: Sense }
) & {
  /**
   * 'bgp' and 'bfd' also inside Geneve, where tunnels are watched; 'geneve', and 'sb' and 'nb', the databases'
   * connections, of the underlay; 'data', everything but these: but BFD, BGP, OSPF, ARP and databases; or packets by
   * their headers.
   */
  readonly what: What
}

function ways(topology: Topology, options: Block): readonly Way[] {
  const { what } = options
  if ('on' in options) return waysAt(topology, options.on, options.direction)
  const found = waysOf(topology, options)
  if (typeof what === 'object' && what.peer !== undefined && found.some(({ peer }) => peer !== undefined))
    throw new ScenarioError(
      `a block ${sayWhere(options)} is of what these two send each other; give no peer, or a link to the fabric`,
    )
  return found
}

const sayOn = (node: string, direction: Sense = 'both') =>
  direction === 'both' ? `on all links of ${node}` : `${direction === 'forward' ? 'from' : 'to'} ${node}`

/**
 * Block of one kind of packets on a link, on a path across the fabric or on all links of a node. The packets that
 * were dropped are the proof: a block of what nobody sends does not bite, and makes the run invalid; for what is
 * sent seldom, give `inject` a longer `effectiveWithin`. Throws ScenarioError for what names no packets.
 */
export function block(options: Block): Fault {
  const { what } = options
  const name = `block of ${sayWhat(what)} ${'on' in options ? sayOn(options.on, options.direction) : sayWhere(options)}`
  const targets = 'on' in options ? [options.on] : [options.between].flat().filter((node) => node !== FABRIC)
  return {
    name,
    targets,
    ...('between' in options && { reach: (topology: Topology) => nodesAt(topology, options) }),
    check: ({ topology }) => {
      ways(topology, options)
      matchOfWhat(topology, what)
    },
    apply: async (lab) => {
      const rule = { loss: 1, duplicate: 0, match: matchOfWhat(lab.topology, what) }
      return imposed(await lab.wires.rules.impose(name, coursesOf(ways(lab.topology, options), rule)), DROPPED)
    },
  }
}
