// Faults on what BGP says and is told, while every path is sound.

import { sessionBetween, sessionsOf } from '../../lab/topology/peerings.ts'
import { internetOf } from '../../lab/topology/regions.ts'
import type { Topology, Vpc } from '../../lab/topology/types.ts'
import { lessPreferred, pathPrepended } from '../bgp/attributes.ts'
import { filterLost, hijack } from '../bgp/hijack.ts'
import { bgpRefresh, bgpReset, bgpShutdown, prefixLimit } from '../bgp/sessions.ts'
import { tableAnnounced } from '../bgp/table.ts'
import { defaultWithdrawn, routeWithdrawn } from '../bgp/withdraw.ts'
import type { Fault } from '../fault.ts'
import { type Case, caseOn, type Entry, gateways } from './entry.ts'

/** A fault on every session of every gateway that a standby stands in for, by the gateway. */
const onSessions =
  (make: (gateway: string, peer: string) => Fault) =>
  (topology: Topology): readonly Case[] =>
    gateways(topology).flatMap((gateway) =>
      sessionsOf(topology, gateway).map(({ far }) => caseOn(topology, gateway, make(gateway, far.node))),
    )

/** Those that a standby stands in for, and that speak BGP with the internet. */
const announcing = (topology: Topology) => (topology.timers.ospf ? [] : gateways(topology))

const onGateways =
  (make: (gateway: string) => Fault) =>
  (topology: Topology): readonly Case[] =>
    announcing(topology).map((gateway) => caseOn(topology, gateway, make(gateway)))

/** A speaker tells its gateways of every subnet of the VPC but the nat subnet: one below that is exceeded at once. */
function exceeded(topology: Topology): readonly Case[] {
  const below = ({ subnets }: Vpc) => subnets.length - 2
  return gateways(topology).flatMap((gateway) =>
    sessionsOf(topology, gateway).flatMap(({ far, vpc }) =>
      vpc && far.node !== internetOf(topology, vpc).name && below(vpc) > 0
        ? [caseOn(topology, gateway, prefixLimit(gateway, far.node, { most: below(vpc) }))]
        : [],
    ),
  )
}

/** Every gateway announces the public address of every other VPC. */
const stolen = (topology: Topology): readonly Case[] =>
  announcing(topology).flatMap((by) => {
    const { vpc } = sessionBetween(topology, by, topology.internet.name)
    return Object.values(topology.vpcs)
      .filter((other) => other !== vpc)
      .map(({ publicAddress }) =>
        caseOn(topology, by, hijack({ by, to: topology.internet.name, prefix: `${publicAddress}/32` })),
      )
  })

/** A table of the size that a small provider sees of its peers. */
const announced = (topology: Topology): readonly Case[] =>
  topology.internet.table ? [caseOn(topology, topology.internet.name, tableAnnounced({ prefixes: 10_000 }))] : []

const STANDBY = 'the standby has announced its path all along'
const ASYMMETRIC = 'what comes back by the standby meets no NAT entry, until it is healed'

export const onRouting: readonly Entry[] = [
  { kind: 'administrative shutdown of a BGP session', survivable: STANDBY, cases: onSessions(bgpShutdown) },
  { kind: 'reset of a BGP session', survivable: STANDBY, cases: onSessions(bgpReset) },
  { kind: 'soft reset of a BGP session', survivable: 'the session stays up', cases: onSessions(bgpRefresh) },
  { kind: 'prefix limit exceeded', survivable: STANDBY, cases: exceeded },
  { kind: 'longer AS path', survivable: STANDBY, cases: onGateways((node) => pathPrepended(node, { times: 3 })) },
  { kind: 'lower local preference', survivable: ASYMMETRIC, cases: onGateways(lessPreferred) },
  { kind: 'public address withdrawn', survivable: ASYMMETRIC, cases: onGateways(routeWithdrawn) },
  { kind: 'default route withdrawn', survivable: STANDBY, cases: onGateways((node) => defaultWithdrawn(node)) },
  { kind: "another VPC's address announced", survivable: 'the internet refuses it', cases: stolen },
  { kind: 'large table announced', survivable: 'the default stays', cases: announced },
  {
    kind: 'filter lost',
    survivable: 'nobody announces what it would stop',
    cases: onSessions((gateway, peer) => filterLost(gateway, { for: peer })),
  },
]
