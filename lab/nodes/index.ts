import { centrals, nodes } from '../topology/nodes.ts'
import { internets } from '../topology/regions.ts'
import type { Topology } from '../topology/types.ts'
import { central } from './central.ts'
import { chassis } from './chassis.ts'
import { internet, workload } from './endpoint.ts'
import { gateway } from './gateway.ts'
import { monitor } from './monitor.ts'
import { monitored } from './monitored.ts'
import type { NodePlan } from './plan.ts'

export type { NodePlan } from './plan.ts'

/** The plan of every node of a topology, by name. */
export function planNodes(topology: Topology): Map<string, NodePlan> {
  const plans = new Map<string, NodePlan>()
  for (const each of centrals(topology)) plans.set(each.name, central(topology, each))
  for (const each of topology.chassis) plans.set(each.name, chassis(topology, each))
  for (const vpc of Object.values(topology.vpcs)) {
    for (const each of vpc.workloads) plans.set(each.name, workload(vpc, each))
    for (const each of vpc.nat.gateways) plans.set(each.name, gateway(topology, vpc, each))
  }
  for (const each of internets(topology)) plans.set(each.name, internet(topology, each))
  if (topology.monitor) plans.set(topology.monitor.name, monitor(topology))
  for (const [name, plan] of plans) plans.set(name, monitored(topology, name, plan))
  const missing = nodes(topology).find(({ name }) => !plans.has(name))
  if (missing) throw new Error(`no plan for the ${missing.role} ${missing.name}`)
  return plans
}
