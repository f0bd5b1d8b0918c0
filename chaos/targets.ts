// Targets by what they are, not by name: who it is now is found the moment the fault strikes.

import { LabError } from '../lab/errors.ts'
import { redirectPort } from '../lab/ovn/nb.ts'
import { nextHopsOf } from '../lab/ovn/next-hops.ts'
import { oneOf } from '../lab/random.ts'
import { nodeNamed, nodes, nodeWithAddress } from '../lab/topology/nodes.ts'
import type { Topology, Vpc } from '../lab/topology/types.ts'
import { vpcNamed } from '../lab/topology/vpcs.ts'
import type { Lab } from '../lab/types.ts'
import type { Fault } from './fault.ts'

export type Target = {
  /** 'the active NAT gateway of vpc-a' */
  readonly name: string
  /** All that it can be: the declared blast radius. Throws ScenarioError for what the topology has not. */
  readonly among: (topology: Topology) => readonly string[]
  /** Who it is now. Throws LabError where nobody is. */
  readonly find: (lab: Lab) => Promise<string>
}

/**
 * A fault on a target: `on(activeGateway('vpc-a'), kill)`. It bears the target's name; whom it struck
 * stands in the history.
 */
export function on(target: Target, fault: (node: string) => Fault): Fault {
  const { name, targets, ends } = fault(target.name)
  return {
    name,
    ...(ends && { ends }),
    targets,
    reach: target.among,
    check: (lab) => {
      for (const node of target.among(lab.topology)) fault(node).check(lab)
    },
    apply: async (lab) => {
      const node = await target.find(lab)
      lab.history.record('chaos', { kind: 'act', text: `${target.name} is ${node}` })
      const applied = await fault(node).apply(lab)
      return { ...applied, targets: fault(node).targets }
    },
  }
}

const chassisOf = (topology: Topology) => topology.chassis.map(({ name }) => name)

/** The chassis that binds a logical port now, by the SB. */
async function binding(lab: Lab, port: string): Promise<string> {
  const row = lab.southbound.rows('Port_Binding').find(({ logical_port }) => logical_port === port)
  const chassis = lab.southbound.rows('Chassis').find(({ _uuid }) => _uuid === row?.chassis)
  if (chassis) return String(chassis.name)
  throw new LabError(row ? `${port} is bound to no chassis` : `the SB has no port ${port}`)
}

/** The chassis that hosts a workload's or a gateway's port now. */
export const chassisHosting = (node: string): Target => ({
  name: `the chassis that hosts ${node}`,
  among: (topology) => {
    nodeNamed(topology, node)
    return chassisOf(topology)
  },
  find: (lab) => binding(lab, node),
})

/** The chassis where a VPC's gateway port (`cr-lrp-…`) lives now. */
export const gatewayChassis = (vpc: string): Target => ({
  name: `the gateway chassis of ${vpc}`,
  among: (topology) => {
    vpcNamed(topology, vpc)
    return chassisOf(topology)
  },
  find: (lab) => binding(lab, redirectPort(vpcNamed(lab.topology, vpc))),
})

const gatewaysOf = ({ nat }: Vpc) => nat.gateways.map(({ name }) => name)

/** The NAT gateway that a VPC's router sends to now, by its learned default. */
export const activeGateway = (vpc: string): Target => ({
  name: `the active NAT gateway of ${vpc}`,
  among: (topology) => gatewaysOf(vpcNamed(topology, vpc)),
  find: async (lab) => {
    const { router } = vpcNamed(lab.topology, vpc)
    const hops = nextHopsOf(lab, router, '0.0.0.0/0').map((hop) => nodeWithAddress(lab.topology, hop) ?? hop)
    const [only, another] = hops
    if (only && !another) return only
    throw new LabError(
      `${router} sends 0.0.0.0/0 to ${hops.sort().join(' and ') || 'nobody'}: no one gateway is active`,
    )
  },
})

/** One of several, from the run's seed. */
export const anyOf = (names: readonly string[]): Target => ({
  name: `any of ${names.join(', ')}`,
  among: (topology) => names.map((name) => nodeNamed(topology, name).name),
  find: async (lab) => oneOf(names, lab.random(`any of ${names.join(', ')}`)),
})

/** Any node of a role, from the run's seed. */
export const anyWithRole = (role: ReturnType<typeof nodes>[number]['role']): Target => {
  const those = (topology: Topology) =>
    nodes(topology)
      .filter((node) => node.role === role)
      .map(({ name }) => name)
  return {
    name: `any ${role}`,
    among: those,
    find: async (lab) => oneOf(those(lab.topology), lab.random(`any ${role}`)),
  }
}
