// Networks lie where they should and share no address.

import { type Flaw, type Path, written } from '../flaw.ts'
import { contains, type Network, network, overlap } from '../ipv4.ts'
import { vpcsOf } from '../ports.ts'
import type { Topology, Vpc } from '../types.ts'

type Range = { readonly at: Path; readonly network: Network; readonly vpc?: Vpc }

const ranges = (topology: Topology): Range[] => [
  { at: ['fabric', 'cidr'], network: network(topology.fabric.cidr) },
  { at: ['internet', 'address'], network: network(`${topology.internet.address}/32`) },
  ...(topology.regions ?? []).flatMap(({ internet, peerings }, i) => [
    { at: ['regions', i, 'internet', 'address'], network: network(`${internet.address}/32`) },
    ...peerings.map(({ address, prefix }, k) => ({
      at: ['regions', i, 'peerings', k, 'address'],
      network: network(`${address}/${prefix}`),
    })),
  ]),
  ...(topology.anycast ? [{ at: ['anycast', 'address'], network: network(`${topology.anycast.address}/32`) }] : []),
  ...(topology.internet.table ? [{ at: ['internet', 'table'], network: network(topology.internet.table) }] : []),
  ...(topology.transit ? [{ at: ['transit', 'cidr'], network: network(topology.transit.cidr) }] : []),
  ...(topology.monitor ? [{ at: ['monitor', 'network'], network: network(topology.monitor.network) }] : []),
  ...vpcsOf(topology).flatMap(({ at, vpc }) => [
    { at: [...at, 'cidr'], network: network(vpc.cidr), vpc },
    { at: [...at, 'publicRange'], network: network(vpc.publicRange) },
    ...vpc.nat.gateways.map(({ uplink }, index) => ({
      at: [...at, 'nat', 'gateways', index, 'uplink'],
      network: network(`${uplink.address}/${uplink.prefix}`),
    })),
  ]),
]

/** Why two ranges must not overlap; VPCs that nothing joins may. */
const reasonApart = (topology: Topology, a: Range, b: Range): string | undefined => {
  if (!a.vpc || !b.vpc) return 'each network of a lab needs a range of its own'
  if (topology.transit && a.vpc.transit && b.vpc.transit)
    return `${topology.transit.switch} joins the two VPCs, so each needs a range of its own`
  const homes = new Set(a.vpc.nat.speakers.map(({ chassis }) => chassis))
  const shared = b.vpc.nat.speakers.find(({ chassis }) => homes.has(chassis))
  return shared && `speakers of both VPCs stand on ${shared.chassis}, so each needs a range of its own`
}

const apart = function* (topology: Topology): Iterable<Flaw> {
  const all = ranges(topology)
  for (const [index, later] of all.entries()) {
    for (const earlier of all.slice(0, index)) {
      if (!overlap(earlier.network, later.network)) continue
      const reason = reasonApart(topology, earlier, later)
      if (reason)
        yield {
          at: later.at,
          says: `${later.network.cidr} overlaps ${written(earlier.at)} ${earlier.network.cidr}; ${reason}`,
        }
    }
  }
}

const subnets = function* (at: Path, vpc: Vpc): Iterable<Flaw> {
  const whole = network(vpc.cidr)
  const all = vpc.subnets.map((subnet, index) => ({
    at: [...at, 'subnets', index, 'cidr'],
    network: network(subnet.cidr),
  }))
  for (const [index, later] of all.entries()) {
    const { cidr } = later.network
    if (!contains(whole, later.network))
      yield {
        at: later.at,
        says: `${cidr} is outside ${vpc.name}'s ${whole.cidr}; every subnet lies in its VPC's range`,
      }
    const earlier = all.slice(0, index).find((other) => overlap(other.network, later.network))
    if (earlier)
      yield {
        at: later.at,
        says: `${cidr} overlaps ${written(earlier.at)} ${earlier.network.cidr}; subnets of a VPC share no address`,
      }
  }
}

export function* networks(topology: Topology): Iterable<Flaw> {
  yield* apart(topology)
  for (const { at, vpc } of vpcsOf(topology)) yield* subnets(at, vpc)
}
