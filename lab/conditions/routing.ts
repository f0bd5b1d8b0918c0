// Conditions on what the control plane believes now.

import { ScenarioError } from '../errors.ts'
import { learnedNextHops } from '../ready/facts.ts'
import { alternatives } from '../topology/alternatives.ts'
import { isCidr } from '../topology/ipv4.ts'
import { nodeNamed, nodeWithAddress } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** Throws ScenarioError for a router that the topology has not: it would never learn anything. */
function assertRouter({ name, transit, vpcs }: Topology, router: string): void {
  const routers = [...Object.values(vpcs).map((vpc) => vpc.router), ...(transit ? [transit.router] : [])]
  if (!routers.includes(router))
    throw new ScenarioError(`no router '${router}' in ${name}; it has ${alternatives(router, routers)}`)
}

/** The next hops that OVN has learned for a prefix on a logical router are exactly this node. */
export const nextHop = (router: string, { for: prefix, is }: { for: string; is: string }): Condition<Lab> => ({
  name: `next hop of ${prefix} on ${router} to be ${is}`,
  look: async (lab) => {
    assertRouter(lab.topology, router)
    if (!isCidr(prefix)) throw new ScenarioError(`no prefix: '${prefix}'; write it as in 0.0.0.0/0`)
    nodeNamed(lab.topology, is)
    const hops = learnedNextHops(lab, router, prefix).map(
      (address) => nodeWithAddress(lab.topology, address) ?? address,
    )
    return { holds: hops.length === 1 && hops[0] === is, saw: hops.sort().join(' and ') || 'none' }
  },
})
