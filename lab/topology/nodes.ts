// Who stands in a topology: every node of the lab, by name or by address.

import { ScenarioError } from '../errors.ts'
import { alternatives } from './alternatives.ts'
import { customersOf, internets, jointsOf } from './regions.ts'
import type { Central, Topology, Vpc } from './types.ts'

export type Role = 'central' | 'chassis' | 'workload' | 'gateway' | 'internet' | 'monitor'

export type Node = {
  /** 'nat-gw-a-1' */
  readonly name: string
  readonly role: Role
  /** All that it answers to; a chassis also to those of the speakers in its namespace. */
  readonly addresses: readonly string[]
  /** The chassis that binds its port, for workloads and gateways. */
  readonly chassis?: string
  /** The VPC it is part of, for workloads and gateways. */
  readonly vpc?: Vpc
}

/** Every node that runs the databases, the one that makes their cluster first. */
export const centrals = ({ central }: Pick<Topology, 'central'>): readonly Central[] => [
  { name: central.name, address: central.address },
  ...(central.peers ?? []),
]

const infrastructure = (topology: Topology): Node[] => {
  const vpcs = Object.values(topology.vpcs)
  const speakers = Map.groupBy(
    vpcs.flatMap(({ nat }) => nat.speakers),
    ({ chassis }) => chassis,
  )
  const spoken = (chassis: string) => (speakers.get(chassis) ?? []).map(({ address }) => address)
  const peers = (internet: string) => [
    ...customersOf(topology, internet).flatMap(({ nat }) => nat.gateways.map(({ uplink }) => uplink.peer)),
    ...jointsOf(topology, internet).map(({ ends: [own] }) => own.address),
  ]
  return [
    ...centrals(topology).map(({ name, address }): Node => ({ name, role: 'central', addresses: [address] })),
    ...topology.chassis.map(
      ({ name, address }): Node => ({ name, role: 'chassis', addresses: [address, ...spoken(name)] }),
    ),
    ...internets(topology).map(
      ({ name, address }): Node => ({ name, role: 'internet', addresses: [address, ...peers(name)] }),
    ),
    ...(topology.monitor ? [{ name: topology.monitor.name, role: 'monitor' as const, addresses: [] }] : []),
  ]
}

const nodesOfVpc = (vpc: Vpc): Node[] => [
  ...vpc.workloads.map(
    ({ name, address, chassis }): Node => ({ name, role: 'workload', addresses: [address], chassis, vpc }),
  ),
  ...vpc.nat.gateways.map(
    ({ name, address, uplink, chassis }): Node => ({
      name,
      role: 'gateway',
      addresses: [address, uplink.address],
      chassis,
      vpc,
    }),
  ),
]

/** Every node, infrastructure first, then VPC by VPC. */
export const nodes = (topology: Topology): readonly Node[] => [
  ...infrastructure(topology),
  ...Object.values(topology.vpcs).flatMap(nodesOfVpc),
]

/** Throws a ScenarioError that lists the names nearest to one that is not there. */
export const nodeNamed = (topology: Topology, name: string): Node => {
  const all = nodes(topology)
  const found = all.find((node) => node.name === name)
  if (found) return found
  const names = all.map((node) => node.name)
  throw new ScenarioError(`no node '${name}' in ${topology.name}; it has ${alternatives(name, names)}`)
}

/** The VPC that a workload or NAT gateway is part of; none for any other name. */
export const vpcOf = (topology: Topology, nodeName: string): Vpc | undefined =>
  nodes(topology).find(({ name }) => name === nodeName)?.vpc

/**
 * The node that answers to an address. Routers are no nodes, and a public address belongs to a VPC.
 * VPCs that nothing joins may use the same addresses; the first one then has it.
 */
export const nodeWithAddress = (topology: Topology, address: string): string | undefined =>
  nodes(topology).find(({ addresses }) => addresses.includes(address))?.name
