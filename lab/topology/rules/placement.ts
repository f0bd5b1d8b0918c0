// Whatever is placed is placed on something that exists and can carry it.

import { alternatives } from '../alternatives.ts'
import type { Flaw, Path } from '../flaw.ts'
import { portsOf, vpcsOf } from '../ports.ts'
import type { Topology, Vpc, Workload } from '../types.ts'

function* chassis(topology: Topology): Iterable<Flaw> {
  const carriers = topology.chassis.filter(({ witness }) => !witness).map(({ name }) => name)
  const witnesses = new Set(topology.chassis.filter(({ witness }) => witness).map(({ name }) => name))
  for (const { at, kind, chassis } of portsOf(topology)) {
    if (carriers.includes(chassis)) continue
    const wrong = witnesses.has(chassis) ? `is a witness, which carries no ${kind}` : 'is unknown'
    yield {
      at: [...at, 'chassis'],
      says: `${chassis} ${wrong}; ${topology.name} has ${alternatives(chassis, carriers)}`,
    }
  }
}

function* workload(at: Path, vpc: Vpc, { subnet, tier }: Workload): Iterable<Flaw> {
  const found = vpc.subnets.find(({ name }) => name === subnet)
  if (!found) {
    const names = vpc.subnets.filter((other) => other.tier).map(({ name }) => name)
    yield { at: [...at, 'subnet'], says: `${subnet} is unknown; ${vpc.name} has ${alternatives(subnet, names)}` }
    return
  }
  if (found.tier === tier) return
  const fitting = vpc.subnets.filter((other) => other.tier === tier).map(({ name }) => name)
  const remedy =
    fitting.length > 0 ? `${tier} belongs on ${fitting.join(' or ')}` : `${vpc.name} has no subnet for ${tier}`
  yield {
    at: [...at, 'tier'],
    says: `${tier} is not that of ${subnet}, which is for ${found.tier ?? 'no workloads'}; ${remedy}`,
  }
}

export function* placement(topology: Topology): Iterable<Flaw> {
  yield* chassis(topology)
  for (const { at, vpc } of vpcsOf(topology)) {
    for (const [index, each] of vpc.workloads.entries()) yield* workload([...at, 'workloads', index], vpc, each)
  }
}
