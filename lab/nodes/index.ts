import { nodes } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'
import { central } from './central.ts'
import { chassis } from './chassis.ts'
import { internet, workload } from './endpoint.ts'
import { gateway } from './gateway.ts'
import type { NodePlan } from './plan.ts'

export type { NodePlan } from './plan.ts'

/** The plan of every node of a topology, by name. */
export function planNodes(topology: Topology): Map<string, NodePlan> {
  const plans = new Map<string, NodePlan>()
  plans.set(topology.central.name, central(topology))
  for (const each of topology.chassis) plans.set(each.name, chassis(topology, each))
  for (const vpc of Object.values(topology.vpcs)) {
    for (const each of vpc.workloads) plans.set(each.name, workload(vpc, each))
    for (const each of vpc.nat.gateways) plans.set(each.name, gateway(topology, vpc, each))
  }
  plans.set(topology.internet.name, internet(topology))
  const missing = nodes(topology).find(({ name }) => !plans.has(name))
  if (missing) throw new Error(`no plan for the ${missing.role} ${missing.name}`)
  return plans
}
