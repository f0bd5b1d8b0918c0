// What random faults strike: a lab on all of whose links something is on its way, so that a fault on any of
// them can be proved to bite.

import { topologyNamed } from '../../fixtures/index.ts'
import type { Topology } from '../../lab/topology/types.ts'
import { icmp, type Traffic } from '../../traffic/index.ts'

/** The topology with every tier open to its own VPC: whoever generates traffic there reaches all of it. */
export function open(name: string): Topology {
  const topology = topologyNamed(name)
  const vpcs = Object.entries(topology.vpcs).map(([key, vpc]) => {
    const tiers = [...new Set(vpc.workloads.map(({ tier }) => tier))]
    return [key, { ...vpc, allow: tiers.map((to) => ({ from: 'vpc' as const, to })) }]
  })
  return { ...topology, name: `${topology.name}-open`, vpcs: Object.fromEntries(vpcs) }
}

/** Ten echoes a second: of 20 % lost, two a second. From workloads that no fault strikes. */
export const background = ({ vpcs, internet }: Topology): readonly Traffic[] =>
  Object.values(vpcs).flatMap(({ workloads }) =>
    workloads
      .filter(({ serves }) => serves === undefined)
      .map(({ name }) =>
        icmp({
          from: name,
          to: [...workloads.map((each) => each.name).filter((each) => each !== name), internet.name],
          rate: '10/s',
          sustainedFor: '1s',
        }),
      ),
  )
