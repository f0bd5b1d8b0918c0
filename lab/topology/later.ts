// What of a VPC is there from the start, and what comes while the lab runs.

import type { Subnet, Vpc, Workload } from './types.ts'

/** The subnets that are in the NB when the lab is ready. */
export const presentSubnets = ({ subnets }: Vpc): readonly Subnet[] => subnets.filter(({ later }) => !later)

/** The workloads that have a port in the NB when the lab is ready; the others run, and nobody binds their port. */
export function presentWorkloads(vpc: Vpc): readonly Workload[] {
  const late = new Set(vpc.subnets.filter(({ later }) => later).map(({ name }) => name))
  return vpc.workloads.filter(({ subnet }) => !late.has(subnet))
}

/** Those on one subnet. */
export const workloadsOn = ({ workloads }: Vpc, { name }: Subnet): readonly Workload[] =>
  workloads.filter(({ subnet }) => subnet === name)
