// Faults on whole nodes.

import type { Topology } from '../../lab/topology/types.ts'
import { clockSkew } from '../clock.ts'
import { diskFull } from '../disk.ts'
import type { Fault } from '../fault.ts'
import { kill } from '../kill.ts'
import { isolate } from '../links.ts'
import { pause } from '../pause.ts'
import { restart, stop } from '../stop.ts'
import { stress } from '../stress.ts'
import { caseOn, chassisOf, type Entry, everyCentral, gateways, members, servers } from './entry.ts'

const each =
  (among: (topology: Topology) => readonly string[], make: (node: string) => Fault): Entry['cases'] =>
  (topology) =>
    among(topology).map((node) => caseOn(topology, node, make(node)))

const STANDBY = 'BFD notices, and the standby gateway carries on'
const ITSELF = 'nobody else is it, and nobody else suffers'
const ELSEWHERE = 'tunnel BFD notices, and another chassis claims the gateway ports; what it hosts is away with it'
const REPLACED =
  'what is forwarded needs none; one that is made anew gets its rows from the others, or from whoever wrote them'
const TOLD = 'it says goodbye, and others carry on before anybody misses it'
const WAITS = 'what is forwarded needs none; changes wait'
const MAJORITY = 'the other members elect a leader; what is forwarded needs none'

export const onNodes: readonly Entry[] = [
  { kind: 'death of a NAT gateway', survivable: STANDBY, cases: each(gateways, kill) },
  { kind: 'death of a workload', survivable: ITSELF, cases: each(servers, kill) },
  { kind: 'death of a central node', survivable: REPLACED, cases: each(everyCentral, kill) },
  { kind: 'isolation of a NAT gateway', survivable: STANDBY, cases: each(gateways, isolate) },
  { kind: 'isolation of a workload', survivable: ITSELF, cases: each(servers, isolate) },
  { kind: 'isolation of a chassis', survivable: ELSEWHERE, cases: each(chassisOf, isolate) },
  { kind: 'isolation of a central node', survivable: MAJORITY, cases: each(members, isolate) },
  { kind: 'death of a chassis', survivable: ELSEWHERE, cases: each(chassisOf, kill) },
  { kind: 'shutdown of a NAT gateway', survivable: TOLD, cases: each(gateways, stop) },
  { kind: 'shutdown of a chassis', survivable: TOLD, cases: each(chassisOf, stop) },
  { kind: 'reboot of a NAT gateway', survivable: TOLD, cases: each(gateways, restart) },
  { kind: 'reboot of a workload', survivable: ITSELF, cases: each(servers, restart) },
  { kind: 'freeze of a NAT gateway', survivable: STANDBY, cases: each(gateways, pause) },
  { kind: 'freeze of a workload', survivable: ITSELF, cases: each(servers, pause) },
  { kind: 'freeze of a chassis', survivable: ELSEWHERE, cases: each(chassisOf, pause) },
  { kind: 'freeze of a central node', survivable: WAITS, cases: each(everyCentral, pause) },
  // Central nodes have no more of the processors than others; who keeps time or measures would take theirs from all.
  {
    kind: 'load on a central node',
    survivable: WAITS,
    cases: each(everyCentral, (node) => stress(node, { cpu: 1, memory: '32MB', disk: '8MB' })),
  },
  {
    kind: "full disk under a chassis' database",
    survivable: 'what it holds is in memory too',
    cases: each(chassisOf, (node) => diskFull(node, 'vswitch')),
  },
  {
    kind: 'wrong clock of an ovn-controller',
    survivable: 'timers run by another clock',
    cases: each(chassisOf, (node) => clockSkew(node, 'ovn-controller', '+1min')),
  },
]
