// The OSPF adjacencies of a topology as data: who is whose neighbour, on which device, in which area.

import { ScenarioError } from '../errors.ts'
import { alternatives } from './alternatives.ts'
import { links } from './links.ts'
import { nodeNamed } from './nodes.ts'
import type { Topology, Vpc } from './types.ts'

/** One side of an adjacency. */
export type Neighbouring = { readonly node: string; readonly device: string; readonly address: string }

/** Seen from its near end. */
export type Adjacency = {
  readonly vpc: Vpc
  readonly area: string
  readonly near: Neighbouring
  readonly far: Neighbouring
}

/** Each VPC's gateways are in an area of their own: what one tenant floods stays in it (RFC 3101). */
export const areaOf = (topology: Topology, vpc: Vpc): string =>
  `0.0.0.${1 + Object.values(topology.vpcs).findIndex(({ name }) => name === vpc.name)}`

/** Each NAT gateway with the internet, where they speak OSPF; none where it is BGP. Seen from the gateway. */
export function adjacencies(topology: Topology): readonly Adjacency[] {
  if (!topology.timers.ospf) return []
  const { internet, vpcs } = topology
  const wired = links(topology)
  return Object.values(vpcs).flatMap((vpc) =>
    vpc.nat.gateways.flatMap(({ name, uplink }) =>
      wired.flatMap(({ ends: [one, other] }): Adjacency[] =>
        one.node === name && other?.node === internet.name
          ? [
              {
                vpc,
                area: areaOf(topology, vpc),
                near: { ...one, address: uplink.address },
                far: { ...other, address: uplink.peer },
              },
            ]
          : [],
      ),
    ),
  )
}

/** Every adjacency of a node, seen from there. Throws ScenarioError for a node that is not there. */
export function adjacenciesOf(topology: Topology, node: string): readonly Adjacency[] {
  nodeNamed(topology, node)
  return adjacencies(topology).flatMap(({ near, far, ...rest }) => [
    ...(near.node === node ? [{ ...rest, near, far }] : []),
    ...(far.node === node ? [{ ...rest, near: far, far: near }] : []),
  ])
}

/** The adjacency of two nodes, seen from the first. Throws ScenarioError where there is none, naming those there are. */
export function adjacencyBetween(topology: Topology, a: string, b: string): Adjacency {
  nodeNamed(topology, b)
  const mine = adjacenciesOf(topology, a)
  const found = mine.find(({ far }) => far.node === b)
  if (found) return found
  const neighbours = mine.map(({ far }) => far.node)
  throw new ScenarioError(
    `no OSPF adjacency of ${a} with ${b}; ${a} has ${neighbours.length > 0 ? `one with ${alternatives(b, neighbours)}` : 'none'}`,
  )
}
