// Load balancers by name, and what stands behind them.

import { ScenarioError } from '../errors.ts'
import { alternatives } from './alternatives.ts'
import type { LoadBalancer, Topology, Vpc, Workload } from './types.ts'

export type Balanced = LoadBalancer & { readonly vpc: Vpc; readonly servers: readonly Workload[] }

/** Every load balancer, with its VPC and the workloads behind it. */
export const loadBalancers = ({ vpcs }: Topology): readonly Balanced[] =>
  Object.values(vpcs).flatMap((vpc) =>
    (vpc.loadBalancers ?? []).map((each) => ({
      ...each,
      vpc,
      servers: vpc.workloads.filter(({ name }) => each.backends.includes(name)),
    })),
  )

/** Throws a ScenarioError that lists the names nearest to one that is not there. */
export function loadBalancerNamed(topology: Topology, name: string): Balanced {
  const all = loadBalancers(topology)
  const found = all.find((each) => each.name === name)
  if (found) return found
  const names = all.map((each) => each.name)
  throw new ScenarioError(`no load balancer '${name}' in ${topology.name}; it has ${alternatives(name, names)}`)
}
