// Faults on what nodes and databases remember.

import type { Tier, Topology } from '../../lab/topology/types.ts'
import type { Fault } from '../fault.ts'
import {
  aclLost,
  backendLost,
  chassisForgotten,
  chassisLeftBehind,
  connectionForgotten,
  conntrackFlushed,
  datapathConntrackFlushed,
  gatewayMoved,
  macLost,
  macPoisoned,
  nbRow,
  portAddressWrong,
  routeLost,
  snatExhausted,
  snatLost,
  snatWrong,
} from '../state/index.ts'
import {
  type Case,
  CONTROL_PLANE,
  caseOn,
  chassisOf,
  type Entry,
  gateways,
  servers,
  TUNNELS,
  touches,
} from './entry.ts'

const each =
  (among: (topology: Topology) => readonly string[], make: (node: string) => Fault): Entry['cases'] =>
  (topology) =>
    among(topology).map((node) => caseOn(topology, node, make(node)))

/** A row of the NB, which the control plane and every chassis must be there to hear of; faults of chassis touch their tunnels. */
const row = (topology: Topology, fault: Fault, nodes: readonly string[]): Case => ({
  fault,
  touches: [...new Set([CONTROL_PLANE, TUNNELS, ...nodes.flatMap((node) => touches(topology, node))])],
})

/** Every tier that something guards, without its deny: what may come in anyway still does. */
const opened = (topology: Topology): readonly Case[] =>
  Object.values(topology.vpcs).flatMap((vpc) =>
    [...new Set(vpc.workloads.map(({ tier }) => tier))].map((tier: Tier) => {
      const members = vpc.workloads.filter((each) => each.tier === tier).map(({ name }) => name)
      return row(topology, aclLost({ vpc: vpc.name, tier, rule: 'deny' }), members)
    }),
  )

const moved = (topology: Topology): readonly Case[] =>
  Object.values(topology.vpcs).flatMap(({ name, nat: { chassis } }) => {
    const [home, to, witness] = chassis
    return home && to && witness ? [row(topology, gatewayMoved({ vpc: name, to }), [home, to])] : []
  })

/** Nobody's MAC address, and for each server another. */
const elsewhere = (topology: Topology): readonly Case[] =>
  servers(topology).map((node) => row(topology, portAddressWrong(node, { mac: '02:00:66:66:66:66' }), [node]))

/** An address of the fabric that no topology gives to anybody: its last but one. */
const leftBehind = (topology: Topology): readonly Case[] => {
  const fault = chassisLeftBehind({
    name: 'chassis-gone',
    address: topology.fabric.cidr.replace(/\.\d+\/24$/, '.254'),
  })
  return [{ fault, touches: [CONTROL_PLANE, TUNNELS] }]
}

const ITSELF = 'nobody else is it, and nobody else suffers'

export const onState: readonly Entry[] = [
  {
    kind: 'flush of conntrack on a NAT gateway',
    survivable: 'what comes from inside makes its entry anew, with the same address and port',
    cases: each(gateways, conntrackFlushed),
  },
  {
    kind: 'move of a gateway port',
    survivable: 'the other chassis claims it at once, and gives it back',
    cases: moved,
  },
  { kind: 'loss of an ACL that denies', survivable: 'who may come in still may; others may too', cases: opened },
  { kind: 'wrong address of a port', survivable: ITSELF, cases: elsewhere },
  {
    kind: "loss of a chassis' record in the SB",
    survivable: 'the chassis registers again by itself, and is given its tunnels back',
    cases: each(chassisOf, chassisForgotten),
  },
  { kind: 'record of a chassis that is no more', survivable: 'a tunnel to nobody carries nothing', cases: leftBehind },
]

/** What is drawn by nobody, and why: chance cannot see to it that these bite. */
export const notDrawn = [
  { why: 'needs a connection of this kind', faults: [connectionForgotten] },
  { why: 'needs connections that are idle at that moment', faults: [datapathConntrackFlushed] },
  { why: 'needs connections that begin while it is in force', faults: [snatExhausted, snatWrong] },
  { why: 'needs traffic, and no standby carries on: nothing that watches notices', faults: [snatLost, macPoisoned] },
  { why: 'needs a packet to that neighbour', faults: [macLost] },
  { why: 'needs somebody who would take that route, or come to that backend', faults: [routeLost, backendLost] },
  { why: 'is whatever is written', faults: [nbRow] },
] as const
