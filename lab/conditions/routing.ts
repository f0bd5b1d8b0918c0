// Conditions on what the control plane believes now.

import { learnedNextHops } from '../ready/facts.ts'
import { nodeNamed, nodeWithAddress } from '../topology/nodes.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** The next hops that OVN has learned for a prefix on a logical router are exactly this node. */
export const nextHop = (router: string, { for: prefix, is }: { for: string; is: string }): Condition<Lab> => ({
  name: `next hop of ${prefix} on ${router} to be ${is}`,
  look: async (lab) => {
    nodeNamed(lab.topology, is)
    const hops = learnedNextHops(lab, router, prefix).map((address) => nodeWithAddress(lab.topology, address) ?? address)
    return { holds: hops.length === 1 && hops[0] === is, saw: hops.sort().join(' and ') || 'none' }
  },
})
