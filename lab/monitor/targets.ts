// What Prometheus scrapes, from the topology: each exporter of each node, with what the topology knows of it.

import { EXPORTER_PORT, type Role } from '../exporter/catalogue/index.ts'
import { type Managed, management } from '../topology/management.ts'
import { nodeNamed } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'
import { type FrrCollector, PORTS } from './exporters.ts'

export type Target = {
  /** 'node', 'frr', 'ovs', 'ovn' or 'prometheus' */
  readonly job: string
  /** '192.0.2.7:9100' */
  readonly address: string
  /** instance, role, and where they apply chassis, vpc and tenant. */
  readonly labels: Readonly<Record<string, string>>
}

/** One of a node's exporters of FRR: for all of its daemons, or for the bgpd of one VPC. */
export type FrrExporter = {
  readonly role: string
  readonly port: number
  /** The VPC whose bgpd it asks. */
  readonly vpc?: string
  readonly collectors: readonly FrrCollector[]
}

/**
 * A chassis runs one bgpd for each VPC that speaks there, with sockets of its own, beside the zebra and bfdd that they
 * share: as many exporters, on the ports that follow.
 */
export function frrExporters(topology: Topology, node: string): readonly FrrExporter[] {
  const { role } = nodeNamed(topology, node)
  // With OSPF the internet has no bgpd.
  const speaks = topology.timers.ospf ? (['ospf'] as const) : []
  const bgp = role === 'internet' && topology.timers.ospf ? [] : (['bgp'] as const)
  if (role === 'gateway' || role === 'internet')
    return [{ role: 'frr-exporter', port: PORTS.frr, collectors: [...bgp, 'bfd', ...speaks] }]
  const spoken = Object.values(topology.vpcs).filter(({ nat }) => nat.speakers.some(({ chassis }) => chassis === node))
  if (spoken.length === 0) return []
  return [
    { role: 'frr-exporter', port: PORTS.frr, collectors: ['bfd'] },
    ...spoken.map(({ name }, index) => ({
      role: `frr-exporter-${name}`,
      port: PORTS.frr + 1 + index,
      vpc: name,
      collectors: ['bgp'] as const,
    })),
  ]
}

/** The jobs of the exporter of Open vSwitch and OVN: beside a chassis' daemons, and beside the databases. */
const OVN_JOB: Readonly<Record<Role, string>> = { chassis: 'ovs', central: 'ovn' }

/** Which of the two runs on a node, if any. */
export function ovnRole(topology: Topology, node: string): Role | undefined {
  const { role } = nodeNamed(topology, node)
  return role === 'chassis' || role === 'central' ? role : undefined
}

function labelsOf(topology: Topology, node: string): Readonly<Record<string, string>> {
  const { role, chassis = role === 'chassis' ? node : undefined, vpc } = nodeNamed(topology, node)
  return { instance: node, role, ...(chassis && { chassis }), ...(vpc && { vpc: vpc.name, tenant: vpc.tenant }) }
}

function targetsAt(topology: Topology, { node, address }: Managed): readonly Target[] {
  const labels = labelsOf(topology, node)
  const ovn = ovnRole(topology, node)
  const tenant = (name: string) => Object.values(topology.vpcs).find((vpc) => vpc.name === name)?.tenant ?? ''
  return [
    { job: 'node', address: `${address}:${PORTS.node}`, labels },
    ...frrExporters(topology, node).map(({ port, vpc }) => ({
      job: 'frr',
      address: `${address}:${port}`,
      labels: { ...labels, ...(vpc && { vpc, tenant: tenant(vpc) }) },
    })),
    ...(ovn ? [{ job: OVN_JOB[ovn], address: `${address}:${EXPORTER_PORT[ovn]}`, labels }] : []),
    ...(labels.role === 'monitor' ? [{ job: 'prometheus', address: `${address}:${PORTS.prometheus}`, labels }] : []),
  ]
}

export const targets = (topology: Topology): readonly Target[] =>
  management(topology).flatMap((managed) => targetsAt(topology, managed))
