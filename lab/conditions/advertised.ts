// Conditions on what OVN itself wants to have announced.

import { ScenarioError } from '../errors.ts'
import { alternatives } from '../topology/alternatives.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** The prefixes that northd offers for a logical router (ovn-sb(5), Advertised_Route). */
function offered({ southbound }: Pick<Lab, 'southbound'>, router: string): readonly string[] {
  const datapath = southbound
    .rows('Datapath_Binding')
    .find(({ external_ids: ids }) => (ids as Record<string, unknown> | null)?.name === router)
  const rows = southbound.rows('Advertised_Route').filter((row) => row.datapath === datapath?._uuid)
  return [...new Set(rows.map(({ ip_prefix }) => String(ip_prefix)))]
}

/** northd offers a prefix for a VPC's router, or does not. Throws ScenarioError for a router that no VPC has. */
export const advertisedRoute = (
  prefix: string,
  { by: router, is }: { by: string; is: 'there' | 'gone' },
): Condition<Lab> => ({
  name: `Advertised_Route ${prefix} of ${router} to be ${is}`,
  look: async (lab) => {
    const routers = Object.values(lab.topology.vpcs).map((vpc) => vpc.router)
    if (!routers.includes(router))
      throw new ScenarioError(`no VPC has a router '${router}'; there is ${alternatives(router, routers)}`)
    const those = offered(lab, router)
    return { holds: those.includes(prefix) === (is === 'there'), saw: those.toSorted().join(', ') || 'none' }
  },
})
