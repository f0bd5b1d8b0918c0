// Conditions on what the control plane believes now.

import { ScenarioError } from '../errors.ts'
import { nextHopsOf } from '../ovn/next-hops.ts'
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

/** The next hops that OVN has for a prefix on a logical router, learned or by a static default, are exactly these nodes. */
export const nextHops = (
  router: string,
  { for: prefix, are }: { for: string; are: readonly string[] },
): Condition<Lab> => ({
  name: `next hop${are.length === 1 ? '' : 's'} of ${prefix} on ${router} to be ${are.join(' and ') || 'none'}`,
  look: async (lab) => {
    assertRouter(lab.topology, router)
    if (!isCidr(prefix)) throw new ScenarioError(`no prefix: '${prefix}'; write it as in 0.0.0.0/0`)
    for (const node of are) nodeNamed(lab.topology, node)
    const hops = nextHopsOf(lab, router, prefix).map((address) => nodeWithAddress(lab.topology, address) ?? address)
    const saw = hops.toSorted()
    return { holds: saw.join() === are.toSorted().join(), saw: saw.join(' and ') || 'none' }
  },
})

/** The next hop that OVN has for a prefix on a logical router is this node, and there is no other. */
export const nextHop = (router: string, { for: prefix, is }: { for: string; is: string }): Condition<Lab> =>
  nextHops(router, { for: prefix, are: [is] })
