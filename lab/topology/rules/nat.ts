// A VPC's way out: the gateway port, its chassis and speakers, the NAT gateways.

import { alternatives } from '../alternatives.ts'
import type { Flaw, Path } from '../flaw.ts'
import { vpcsOf } from '../ports.ts'
import type { Topology, Vpc } from '../types.ts'
import { publicAddressOf } from '../vpcs.ts'

/** The members of the HA group of `cr-lrp-…`, best first. */
function* members(topology: Topology, at: Path, { nat }: Vpc): Iterable<Flaw> {
  const names = topology.chassis.map(({ name }) => name)
  for (const [index, member] of nat.chassis.entries()) {
    const place = [...at, 'nat', 'chassis', index]
    if (!names.includes(member))
      yield { at: place, says: `${member} is unknown; ${topology.name} has ${alternatives(member, names)}` }
    if (nat.chassis.indexOf(member) < index)
      yield { at: place, says: `${member} is listed twice; list each chassis once, best first` }
  }
}

/**
 * A chassis that hears no other member over its tunnels takes itself for the cut-off one. Of two
 * members the survivor is always in that state, so the port never moves; a third one tells them apart.
 */
function* quorum(topology: Topology, at: Path, { nat }: Vpc): Iterable<Flaw> {
  const group = [...at, 'nat', 'chassis']
  const isWitness = (name: string) => topology.chassis.some((chassis) => chassis.name === name && chassis.witness)
  const holders = nat.chassis.filter((name) => !isWitness(name))
  if (holders.length === 0)
    yield {
      at: group,
      says: `has only ${nat.chassis.join(', ')}, a witness; name first a chassis that may hold the gateway port`,
    }
  const early = nat.chassis.findIndex(
    (name, index) => isWitness(name) && nat.chassis.slice(index + 1).some((later) => !isWitness(later)),
  )
  if (early >= 0 && holders.length > 0)
    yield {
      at: [...group, early],
      says: `${nat.chassis[early]} is a witness; it comes last, after ${holders.join(', ')}`,
    }
  if (new Set(nat.chassis).size !== 2) return
  const spare = topology.chassis.find(({ name, witness }) => witness && !nat.chassis.includes(name))?.name
  const third = spare ? `the witness ${spare}` : `a witness such as chassis-${topology.chassis.length + 1}`
  const remedy = holders.length === 2 ? `add ${third} at the end` : 'add another chassis or leave the witness out'
  yield {
    at: group,
    says: `has two members, ${nat.chassis.join(' and ')}, neither of which could take over from the other; ${remedy}`,
  }
}

/** A chassis that may hold the gateway port needs a speaker, or the port has no routes there. */
function* speakers(topology: Topology, at: Path, { nat }: Vpc): Iterable<Flaw> {
  const homes = nat.speakers.map(({ chassis }) => chassis)
  for (const [index, { chassis }] of nat.speakers.entries()) {
    const first = homes.indexOf(chassis)
    if (first < index)
      yield {
        at: [...at, 'nat', 'speakers', index, 'chassis'],
        says: `${chassis} has ${nat.speakers[first]?.name} already; a VPC has one speaker on a chassis`,
      }
  }
  // A speaker in the wrong place is one mistake, not two.
  const names = topology.chassis.map(({ name }) => name)
  if (new Set(homes).size < homes.length || homes.some((name) => !names.includes(name))) return
  const lacking = topology.chassis.filter(
    ({ name, witness }) => !witness && nat.chassis.includes(name) && !homes.includes(name),
  )
  for (const { name } of lacking)
    yield {
      at: [...at, 'nat', 'speakers'],
      says: `has none on ${name}, which may hold the gateway port; add one there`,
    }
}

/** Of gateways that share a public address exactly one may be preferred; any number of those that have their own. */
function* active(at: Path, vpc: Vpc): Iterable<Flaw> {
  const { nat } = vpc
  const preferred = nat.gateways.filter(({ prepend }) => prepend === 0)
  const [first] = preferred
  const others = preferred.filter(
    (gateway, i) => preferred.findIndex((other) => publicAddressOf(vpc, other) === publicAddressOf(vpc, gateway)) < i,
  )
  if (!first)
    yield {
      at: [...at, 'nat', 'gateways'],
      says: `has no active one; give one of ${nat.gateways.map(({ name }) => name).join(', ')} prepend 0`,
    }
  for (const other of others) {
    const index = nat.gateways.indexOf(other)
    const says = `0 makes it active beside ${first?.name}, which shares ${publicAddressOf(vpc, other)}; give the standby 2`
    yield { at: [...at, 'nat', 'gateways', index, 'prepend'], says }
  }
}

/** Of a large table the prefixes are not told one by one, so OSPF's areas and a table do not go together. */
function* table(topology: Topology, at: Path, { nat }: Vpc): Iterable<Flaw> {
  if (!nat.learnsTable) return
  const field = [...at, 'nat', 'learnsTable']
  if (!topology.internet.table)
    yield { at: field, says: 'learns nothing: the internet has no table; give internet.table a prefix' }
  if (topology.timers.ospf)
    yield { at: field, says: 'is of BGP, and OSPF brings a stub area a default alone; leave one of them out' }
}

export function* nat(topology: Topology): Iterable<Flaw> {
  for (const { at, vpc } of vpcsOf(topology)) {
    const subnets = vpc.subnets.map(({ name }) => name)
    const { subnet } = vpc.nat
    if (!subnets.includes(subnet))
      yield {
        at: [...at, 'nat', 'subnet'],
        says: `${subnet} is unknown; ${vpc.name} has ${alternatives(subnet, subnets)}`,
      }
    yield* members(topology, at, vpc)
    yield* quorum(topology, at, vpc)
    yield* speakers(topology, at, vpc)
    yield* active(at, vpc)
    yield* table(topology, at, vpc)
  }
}
