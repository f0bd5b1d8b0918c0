// No loop and no black hole: every way out and back, walked through the forwarding tables as they are now.

import { routersOf } from '../routing/facts.ts'
import { flawsOf } from '../routing/ways.ts'
import { presentWorkloads } from '../topology/later.ts'
import { vpcNamed } from '../topology/vpcs.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** How many ways there are, and what is wrong with them. */
async function waysOf(lab: Lab, vpc?: string): Promise<{ readonly count: number; readonly flaws: readonly string[] }> {
  const { topology } = lab
  const those = vpc === undefined ? Object.values(topology.vpcs) : [vpcNamed(topology, vpc)]
  const routers = await routersOf(lab)
  const pairs = those.flatMap((each) => presentWorkloads(each).map((workload) => ({ each, workload })))
  const flaws = pairs.flatMap(({ each, workload }) => flawsOf(topology, routers, each, workload))
  return { count: pairs.length, flaws: [...new Set(flaws)] }
}

const told = (flaws: readonly string[]) =>
  `${flaws.slice(0, 2).join('; ')}${flaws.length > 2 ? ` and ${flaws.length - 2} more` : ''}`

/**
 * From every workload of a VPC, or of each, the forwarding tables of logical routers, gateways and the internet lead to the
 * internet and back, over each path of equal cost, without a loop or a black hole, and back through the gateway that
 * was left by. It sends no packet: what tables do not say, a filter or a dead link, it does not see. Throws
 * ScenarioError for a VPC that is not there.
 */
export const routesWhole = (vpc?: string): Condition<Lab> => ({
  name: `the routes of ${vpc ?? 'every VPC'} to the internet and back to be whole`,
  look: async (lab) => {
    const { count, flaws } = await waysOf(lab, vpc)
    return { holds: count > 0 && flaws.length === 0, saw: flaws.length > 0 ? told(flaws) : `${count} ways` }
  },
})

/** One of these ways is flawed, and the flaw is this, 'is answered by nat-gw-a-2': a black hole that nothing else tells of. */
export const routesFlawed = (vpc: string, { saying }: { saying: string }): Condition<Lab> => ({
  name: `a route of ${vpc} to be flawed: ${saying}`,
  look: async (lab) => {
    const { count, flaws } = await waysOf(lab, vpc)
    const found = flaws.filter((flaw) => flaw.includes(saying))
    return { holds: found.length > 0, saw: told(found.length > 0 ? found : flaws) || `${count} ways, all whole` }
  },
})
