// Faults on daemons: every kind of daemon that a node runs, dead, frozen or restarted.

import { planNodes } from '../../lab/nodes/index.ts'
import type { Topology } from '../../lab/topology/types.ts'
import type { Fault } from '../fault.ts'
import { freezeProcess, killProcess, restartProcess } from '../processes.ts'
import { type Case, caseOn, chassisOf, type Entry, everyCentral, gateways, servers } from './entry.ts'

/** What measures is not what is struck. */
const INSTRUMENT = /^prober$|exporter/

/** Every daemon of these nodes whose role fits. */
const daemonsOf =
  (among: (topology: Topology) => readonly string[], role: RegExp, make: (node: string, role: string) => Fault) =>
  (topology: Topology): readonly Case[] => {
    const plans = planNodes(topology)
    return among(topology).flatMap((node) =>
      (plans.get(node)?.daemons ?? [])
        .filter((daemon) => role.test(daemon.role) && !INSTRUMENT.test(daemon.role))
        .map((daemon) => caseOn(topology, node, make(node, daemon.role))),
    )
  }

const ways = [
  ['death', killProcess],
  ['freeze', freezeProcess],
  ['restart', restartProcess],
] as const

/** All three ways to lose daemons of one kind. */
const lost = (
  what: string,
  survivable: string,
  among: (topology: Topology) => readonly string[],
  role: RegExp,
): readonly Entry[] =>
  ways.map(([way, make]) => ({ kind: `${way} of ${what}`, survivable, cases: daemonsOf(among, role, make) }))

const KERNEL = 'the kernel goes on forwarding; sessions go and come again'
const FLOWS = 'flows stay as they were; changes wait'

export const onDaemons: readonly Entry[] = [
  ...lost('a routing daemon of a NAT gateway', KERNEL, gateways, /^(zebra|bfdd|bgpd|ospfd)/),
  ...lost('a routing daemon of a chassis', KERNEL, chassisOf, /^(zebra|bfdd|bgpd)/),
  ...lost('ovn-controller', FLOWS, chassisOf, /^ovn-controller$/),
  ...lost("a chassis' database", FLOWS, chassisOf, /^ovsdb-server$/),
  ...lost(
    'ovs-vswitchd',
    'its datapath goes with it; flows are installed again when it is back',
    chassisOf,
    /^ovs-vswitchd$/,
  ),
  ...lost('ovn-northd', FLOWS, everyCentral, /^ovn-northd$/),
  ...lost('a server of NB or SB', FLOWS, everyCentral, /^ovsdb-server-/),
  ...lost('a web server', 'nobody else is it, and nobody else suffers', servers, /^nginx$/),
]
