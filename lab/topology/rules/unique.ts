// What may stand only once in a lab: names, MAC addresses, AS numbers, link ends.

import { PATCHBAY } from '../../patchbay/node.ts'
import { type Flaw, type Path, place } from '../flaw.ts'
import { links } from '../links.ts'
import { centralsOf, portsOf, vpcsOf } from '../ports.ts'
import type { Topology } from '../types.ts'

type Use = { readonly at: Path; readonly value: string | number }

function* once(topology: Topology, uses: readonly Use[], remedy: string): Iterable<Flaw> {
  const first = new Map<string | number, Path>()
  for (const { at, value } of uses) {
    const taken = first.get(value)
    if (taken) yield { at, says: `${value} is taken by ${place(topology, taken)}; ${remedy}` }
    else first.set(value, at)
  }
}

const regionsOf = ({ regions = [] }: Topology) =>
  regions.map(({ internet }, i) => ({ at: ['regions', i, 'internet'], internet }))

const names = (topology: Topology): Use[] => [
  ...centralsOf(topology).map(({ at, central }) => ({ at: [...at, 'name'], value: central.name })),
  ...topology.chassis.map(({ name }, index) => ({ at: ['chassis', index, 'name'], value: name })),
  { at: ['internet', 'name'], value: topology.internet.name },
  ...(topology.monitor ? [{ at: ['monitor', 'name'], value: topology.monitor.name }] : []),
  ...regionsOf(topology).map(({ at, internet }) => ({ at: [...at, 'name'], value: internet.name })),
  ...portsOf(topology).map(({ at, name }) => ({ at: [...at, 'name'], value: name })),
]

const switches = (topology: Topology): Use[] => [
  ...(topology.transit ? [{ at: ['transit', 'switch'], value: topology.transit.switch }] : []),
  ...vpcsOf(topology).flatMap(({ at, vpc }) =>
    vpc.subnets.map(({ name }, index) => ({ at: [...at, 'subnets', index, 'name'], value: name })),
  ),
]

const routers = (topology: Topology): Use[] => [
  ...(topology.transit ? [{ at: ['transit', 'router'], value: topology.transit.router }] : []),
  ...vpcsOf(topology).map(({ at, vpc }) => ({ at: [...at, 'router'], value: vpc.router })),
]

const macs = (topology: Topology): Use[] => [
  ...(topology.transit ? [{ at: ['transit', 'mac'], value: topology.transit.mac }] : []),
  ...vpcsOf(topology).flatMap(({ at, vpc }) => [
    ...vpc.subnets.map(({ mac }, index) => ({ at: [...at, 'subnets', index, 'mac'], value: mac })),
    ...(vpc.transit ? [{ at: [...at, 'transit', 'mac'], value: vpc.transit.mac }] : []),
  ]),
  ...portsOf(topology).map(({ at, mac }) => ({ at: [...at, 'mac'], value: mac })),
]

/** Speakers of several VPCs may share an AS, for they never meet; every other session is between two. */
const systems = (topology: Topology): Use[] => {
  const vpcs = vpcsOf(topology)
  const speakers = new Map(vpcs.toReversed().map(({ at, vpc }) => [vpc.as, { at: [...at, 'as'], value: vpc.as }]))
  return [
    { at: ['internet', 'as'], value: topology.internet.as },
    ...regionsOf(topology).map(({ at, internet }) => ({ at: [...at, 'as'], value: internet.as })),
    ...[...speakers.values()].reverse(),
    ...vpcs.flatMap(({ at, vpc }) =>
      vpc.nat.gateways.map((gateway, index) => ({ at: [...at, 'nat', 'gateways', index, 'as'], value: gateway.as })),
    ),
  ]
}

function* reserved(topology: Topology): Iterable<Flaw> {
  const own = names(topology).filter(({ value }) => value === PATCHBAY)
  for (const { at } of own)
    yield { at, says: `${PATCHBAY} is the lab's own node, which all links run through; choose another name` }
}

/** No end belongs to two links. Device names are made from node names, and two odd ones may come out alike. */
function* ends(topology: Topology): Iterable<Flaw> {
  const first = new Map<string, string>()
  for (const { name, ends } of links(topology)) {
    for (const { node, device } of ends) {
      const end = `${node}:${device}`
      const taken = first.get(end)
      if (taken && taken !== name)
        yield { at: [], says: `links ${taken} and ${name} would both end at ${end}; rename one of their nodes` }
      first.set(end, name)
    }
  }
}

export function* unique(topology: Topology): Iterable<Flaw> {
  const named = [...once(topology, names(topology), 'nodes and speakers each need a name of their own')]
  yield* named
  yield* reserved(topology)
  yield* once(
    topology,
    vpcsOf(topology).map(({ at, vpc }) => ({ at: [...at, 'name'], value: vpc.name })),
    'each VPC needs a name of its own',
  )
  yield* once(topology, switches(topology), 'each logical switch needs a name of its own')
  yield* once(topology, routers(topology), 'each logical router needs a name of its own')
  yield* once(topology, macs(topology), 'each port needs a MAC address of its own')
  yield* once(topology, systems(topology), 'BGP refuses routes that carry its own AS, so each needs another')
  // Nodes of one name share their link ends; that has been said.
  if (named.length === 0) yield* ends(topology)
}
