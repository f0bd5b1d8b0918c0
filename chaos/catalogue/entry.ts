// What the catalogue of faults is made of, and what a fault takes away while it is in force.

import { presentWorkloads } from '../../lab/topology/later.ts'
import { centrals, nodeNamed } from '../../lab/topology/nodes.ts'
import type { Topology, Vpc } from '../../lab/topology/types.ts'
import type { Fault } from '../fault.ts'

/** One fault of a topology's, and what it takes. */
export type Case = {
  readonly fault: Fault
  /**
   * Nodes and services that it takes or wears thin, 'nat-gw-a-1', 'way out of vpc-a'. Two faults that touch one
   * thing must not overlap: the second would strike what the first one's survival rests on, or what its heal
   * is about to mend.
   */
  readonly touches: readonly string[]
}

/** A kind of fault that a lab survives: it comes back by itself, or by being healed, without any other hand. */
export type Entry = {
  /** 'death of a NAT gateway' */
  readonly kind: string
  /** What the traffic that it meets is saved by, or why it suffers no longer than the fault lasts. */
  readonly survivable: string
  /** All of them that a topology has; none where it lacks what would save it. */
  readonly cases: (topology: Topology) => readonly Case[]
}

const wayOut = ({ name }: Vpc) => `way out of ${name}`

const everyWayOut = ({ vpcs }: Topology) => Object.values(vpcs).map(wayOut)

/** What keeps deciding: who would move a way out elsewhere. */
export const CONTROL_PLANE = 'control plane'
/** Chassis tell each other from the cut-off by their tunnels, three at least; two faults among them leave nobody to tell. */
export const TUNNELS = 'tunnels'

/**
 * What goes or gets worse with a node. With a chassis also all that it hosts; with the control plane
 * every way out that it would have to move; and nothing beside that which is the whole internet.
 */
export function touches(topology: Topology, node: string): readonly string[] {
  const { role, vpc } = nodeNamed(topology, node)
  const hosted = Object.values(topology.vpcs)
    .flatMap(({ workloads, nat }) => [...workloads, ...nat.gateways])
    .filter(({ chassis }) => chassis === node)
    .map(({ name }) => name)
  switch (role) {
    case 'workload':
      return [node]
    case 'gateway':
      return [node, ...(vpc ? [wayOut(vpc)] : [])]
    case 'chassis':
      return [node, TUNNELS, ...hosted, ...everyWayOut(topology)]
    case 'central':
      return [node, CONTROL_PLANE, ...everyWayOut(topology)]
    case 'internet':
      return [node, ...everyWayOut(topology)]
    case 'monitor':
      return [node]
  }
}

/** A fault on a node, as a case. */
export const caseOn = (topology: Topology, node: string, fault: Fault): Case => ({
  fault,
  touches: touches(topology, node),
})

/** NAT gateways that a standby stands in for, whatever they lose: not where a static route leads to one without an uplink. */
export const gateways = ({ vpcs }: Topology): readonly string[] =>
  Object.values(vpcs).flatMap(({ nat }) =>
    nat.gateways.length > 1 && !nat.egress ? nat.gateways.map(({ name }) => name) : [],
  )

/** Workloads, but for those that only send: they are the instrument. */
export const servers = ({ vpcs }: Topology): readonly string[] =>
  Object.values(vpcs).flatMap((vpc) =>
    presentWorkloads(vpc)
      .filter(({ serves }) => serves !== undefined)
      .map(({ name }) => name),
  )

/** Chassis that others stand in for. */
export const chassisOf = ({ chassis }: Topology): readonly string[] =>
  chassis.length > 2 ? chassis.map(({ name }) => name) : []

/** Central nodes that a majority stands in for. */
export const members = (topology: Topology): readonly string[] =>
  topology.central.peers ? centrals(topology).map(({ name }) => name) : []

export const everyCentral = (topology: Topology): readonly string[] => centrals(topology).map(({ name }) => name)
