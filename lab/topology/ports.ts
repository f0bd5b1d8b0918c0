// Everything that stands on a logical switch, and where in the topology it is written.

import type { Path } from './flaw.ts'
import type { Central, Topology, Vpc } from './types.ts'

/** A logical switch port that a chassis binds: a workload's, a NAT gateway's inside or a speaker's. */
export type Port = {
  readonly at: Path
  readonly kind: 'workload' | 'gateway' | 'speaker'
  readonly vpc: Vpc
  /** 'vpc-a-web-1' */
  readonly name: string
  readonly chassis: string
  /** The logical switch, 'ls-vpc-a-web'. */
  readonly subnet: string
  readonly address: string
  readonly mac: string
}

export const vpcsOf = (topology: Topology): readonly { readonly at: Path; readonly vpc: Vpc }[] =>
  Object.entries(topology.vpcs).map(([key, vpc]) => ({ at: ['vpcs', key], vpc }))

export const centralsOf = ({ central }: Topology): readonly { readonly at: Path; readonly central: Central }[] => [
  { at: ['central'], central },
  ...(central.peers ?? []).map((peer, index) => ({ at: ['central', 'peers', index], central: peer })),
]

const portsOfVpc = (at: Path, vpc: Vpc): Port[] => {
  const { subnet, gateways, speakers } = vpc.nat
  const port = (kind: Port['kind'], path: Path, it: Omit<Port, 'at' | 'kind' | 'vpc'>): Port => {
    const { name, chassis, address, mac } = it
    return { at: [...at, ...path], kind, vpc, name, chassis, subnet: it.subnet, address, mac }
  }
  return [
    ...vpc.workloads.map((workload, index) => port('workload', ['workloads', index], workload)),
    ...gateways.map((gateway, index) => port('gateway', ['nat', 'gateways', index], { ...gateway, subnet })),
    ...speakers.map((speaker, index) => port('speaker', ['nat', 'speakers', index], { ...speaker, subnet })),
  ]
}

export const portsOf = (topology: Topology): readonly Port[] =>
  vpcsOf(topology).flatMap(({ at, vpc }) => portsOfVpc(at, vpc))
