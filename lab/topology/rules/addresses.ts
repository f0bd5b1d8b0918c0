// Every address is a host of the network it stands on, and the only one there.

import { type Flaw, type Path, place } from '../flaw.ts'
import { contains, freeHost, isHost, type Network, network } from '../ipv4.ts'
import { centralsOf, portsOf, vpcsOf } from '../ports.ts'
import type { Topology, Vpc } from '../types.ts'

/** Interfaces that reach each other without a router. */
type Segment = {
  /** 'ls-vpc-a-web' */
  readonly name: string
  readonly network: Network
  readonly interfaces: readonly { readonly at: Path; readonly address: string }[]
}

const fabric = (topology: Topology): Segment => ({
  name: 'the fabric',
  network: network(topology.fabric.cidr),
  interfaces: [
    ...centralsOf(topology).map(({ at, central }) => ({ at: [...at, 'address'], address: central.address })),
    ...topology.chassis.map(({ address }, index) => ({ at: ['chassis', index, 'address'], address })),
  ],
})

const transit = (topology: Topology): Segment[] => {
  if (!topology.transit) return []
  const { switch: name, cidr, address } = topology.transit
  const joined = vpcsOf(topology).flatMap(({ at, vpc }) =>
    vpc.transit ? [{ at: [...at, 'transit', 'address'], address: vpc.transit.address }] : [],
  )
  return [{ name, network: network(cidr), interfaces: [{ at: ['transit', 'address'], address }, ...joined] }]
}

const subnets = (topology: Topology): Segment[] => {
  const ports = Map.groupBy(portsOf(topology), ({ vpc }) => vpc)
  return vpcsOf(topology).flatMap(({ at, vpc }) =>
    vpc.subnets.map(({ name, cidr, gateway }, index) => ({
      name,
      network: network(cidr),
      interfaces: [
        { at: [...at, 'subnets', index, 'gateway'], address: gateway },
        ...(ports.get(vpc) ?? [])
          .filter(({ subnet }) => subnet === name)
          .map((port) => ({ at: [...port.at, 'address'], address: port.address })),
      ],
    })),
  )
}

const uplinks = (topology: Topology): Segment[] =>
  vpcsOf(topology).flatMap(({ at, vpc }) =>
    vpc.nat.gateways.map(({ uplink }, index) => ({
      name: 'the uplink',
      network: network(`${uplink.address}/${uplink.prefix}`),
      interfaces: (['address', 'peer'] as const).map((end) => ({
        at: [...at, 'nat', 'gateways', index, 'uplink', end],
        address: uplink[end],
      })),
    })),
  )

const betweenRegions = ({ regions = [] }: Topology): Segment[] =>
  regions.flatMap(({ peerings }, i) =>
    peerings.map((peering, k) => ({
      name: 'the link between regions',
      network: network(`${peering.address}/${peering.prefix}`),
      interfaces: (['address', 'peer'] as const).map((end) => ({
        at: ['regions', i, 'peerings', k, end],
        address: peering[end],
      })),
    })),
  )

function* segment(topology: Topology, { name, network, interfaces }: Segment): Iterable<Flaw> {
  const all = new Set(interfaces.map(({ address }) => address))
  const owners = new Map<string, Path>()
  for (const { at, address } of interfaces) {
    const free = freeHost(network, all, address)
    const remedy = free ? `${free} is free` : 'no address is free there'
    const owner = owners.get(address)
    if (!isHost(network, address)) yield { at, says: `${address} is no host of ${name} ${network.cidr}; ${remedy}` }
    else if (owner) yield { at, says: `${address} is taken by ${place(topology, owner)}; ${remedy}` }
    else owners.set(address, at)
  }
}

const outside = function* (topology: Topology, at: Path, vpc: Vpc): Iterable<Flaw> {
  const range = network(vpc.publicRange)
  if (!contains(range, network(`${vpc.publicAddress}/32`))) {
    const says = `${vpc.publicAddress} is outside publicRange ${range.cidr}; ${freeHost(range, new Set(), range.cidr)} is in it`
    yield { at: [...at, 'publicAddress'], says }
  }
  for (const [index, { publicAddress }] of vpc.nat.gateways.entries())
    if (publicAddress !== undefined && !contains(range, network(`${publicAddress}/32`)))
      yield {
        at: [...at, 'nat', 'gateways', index, 'publicAddress'],
        says: `${publicAddress} is outside publicRange ${range.cidr}; ${freeHost(range, new Set(), range.cidr)} is in it`,
      }
  if (vpc.transit && !topology.transit) {
    yield { at: [...at, 'transit'], says: 'joins nothing; give the topology a transit network or leave this out' }
  }
}

export function* addresses(topology: Topology): Iterable<Flaw> {
  for (const each of [
    fabric(topology),
    ...transit(topology),
    ...subnets(topology),
    ...uplinks(topology),
    ...betweenRegions(topology),
  ])
    yield* segment(topology, each)
  for (const { at, vpc } of vpcsOf(topology)) yield* outside(topology, at, vpc)
}
