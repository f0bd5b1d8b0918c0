// Names for the addresses, devices and identifiers in what daemons say.

import type { Event } from '../events.ts'
import { ofKind } from '../history.ts'
import { redirectPort } from '../ovn/nb.ts'
import { links } from '../topology/links.ts'
import { nodeWithAddress } from '../topology/nodes.ts'
import type { Topology, Vpc } from '../topology/types.ts'
import { publicAddresses } from '../topology/vpcs.ts'

export type Places = {
  readonly topology: Topology
  /** The node that answers to an address; the address where it is nobody's. */
  readonly at: (address: string) => string
  /** The node at the other end of the link on a device; nothing for a bridge or a port of the fabric. */
  readonly across: (node: string, device: string) => string | undefined
  /** The logical port by which this VPC's router has its way out, 'cr-lrp-vpc-a-nat'. */
  readonly gatewayPort: (vpc: string) => string | undefined
  /** The VPC that has this gateway, workload, speaker, router, switch, gateway port or public address. */
  readonly vpcOf: (name: string | undefined) => string | undefined
  /** The chassis that a row of the SB points at, by its name. */
  readonly chassis: (row: unknown) => string | undefined
  /** The logical datapath with this tunnel key, or with this identifier in the SB, by its name. */
  readonly datapath: (key: unknown) => string
  /** The chassis at the far end of a tunnel, by the device it has at this one. */
  readonly tunnel: (node: string, device: string) => string | undefined
}

const namesIn = (vpc: Vpc): string[] => [
  vpc.router,
  redirectPort(vpc),
  ...publicAddresses(vpc).flatMap((address) => [address, `${address}/32`]),
  ...vpc.subnets.map(({ name }) => name),
  ...[...vpc.workloads, ...vpc.nat.gateways, ...vpc.nat.speakers].map(({ name }) => name),
]

export function placesOf(topology: Topology, events: readonly Event[]): Places {
  const history = { events }
  const vpcs = new Map(Object.values(topology.vpcs).flatMap((vpc) => namesIn(vpc).map((name) => [name, vpc.name])))
  const rows = ofKind(history, 'ovn').map(({ table, row }) => ({ table, row }))
  const named = (table: string, name: (row: Readonly<Record<string, unknown>>) => unknown) =>
    new Map(rows.filter((each) => each.table === table).map(({ row }) => [row._uuid, String(name(row))]))
  const chassis = named('Chassis', ({ name }) => name)
  const ids = (row: Readonly<Record<string, unknown>>) => (row.external_ids as { name?: string } | null)?.name
  const datapaths = new Map(
    rows.flatMap(({ table, row }): [unknown, string][] => {
      const name = table === 'Datapath_Binding' ? ids(row) : undefined
      return name ? [[row._uuid, name], [String(row.tunnel_key), name]] : [] // biome-ignore format: pairs
    }),
  )
  const tunnels = new Map(
    ofKind(history, 'tunnel').map(({ source, device, remote }) => [`${source} ${device}`, remote]),
  )
  const ends = new Map(
    links(topology).flatMap((link) =>
      link.ends.map(({ node, device }, i) => [`${node} ${device}`, link.ends[1 - i]?.node] as const),
    ),
  )
  const at = (address: string) => nodeWithAddress(topology, address) ?? address
  return {
    topology,
    at,
    across: (node, device) => ends.get(`${node} ${device}`),
    gatewayPort: (name) => {
      const vpc = Object.values(topology.vpcs).find((each) => each.name === name)
      return vpc && redirectPort(vpc)
    },
    vpcOf: (name) => (name === undefined ? undefined : vpcs.get(name)),
    chassis: (row) => (row ? (chassis.get(row) ?? String(row)) : undefined),
    datapath: (key) => datapaths.get(key) ?? String(key ?? ''),
    tunnel: (node, device) => {
      const remote = tunnels.get(`${node} ${device}`)
      return remote === undefined ? undefined : at(remote)
    },
  }
}
