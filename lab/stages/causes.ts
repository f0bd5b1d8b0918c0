// Which signal can have brought about which: how a failure becomes another path, in this order of things.
//
//   link ─┬─ bfd ── session ─┬────────────── best-path ── route ─┐                    FRR, at each speaker
//         │                  └─ peers-heard ─┘    └─ update-sent ── update-received ── best-path …
//         └─ tunnel ── tunnel-told ── claim ── binding ─┐        │
//                                                       learned-route ── logical-flows ── openflow
//
// Of OSPF: session ── spf ── route; what a gateway's bgpd offers of it is a best path of its own.
//
// A packet goes again once the last of what it needs is installed. What that is depends on where it goes:
//
//   towards the internet   OpenFlow rules of the workload's chassis, where OVN routes, and of the one that holds
//                          the gateway port; and the gateway's own route
//   from the internet      the internet's route to the public address, and the gateway's to the workload; but
//                          also what packets towards the internet need: a gateway translates none that answers
//                          what it has not seen
//   between workloads      OpenFlow rules of their chassis
//   between regions        the routes of each internet on the way as well
//
// Chassis that are not the gateway port's reach it through a bundle that ovs-vswitchd switches by itself when a
// tunnel's BFD says so (ovs-fields(7), active_backup): no rule changes, and the tunnel is the last thing heard.

import { contains, network } from '../topology/ipv4.ts'
import type { Signal, Step } from './signal.ts'
import type { Way } from './way.ts'

type Holds = (cause: Signal, effect: Signal) => boolean
type Edge = { readonly from: Step; readonly to: Step; readonly holds: Holds }

const sameNode: Holds = (cause, effect) => cause.node === effect.node
const samePeer: Holds = (cause, effect) => cause.peer === undefined || cause.peer === effect.peer
const samePrefix: Holds = (cause, effect) => cause.prefix === effect.prefix
const samePort: Holds = (cause, effect) => cause.port === effect.port
const both =
  (...all: readonly Holds[]): Holds =>
  (cause, effect) =>
    all.every((holds) => holds(cause, effect))

const edge = (from: Step, to: Step, ...all: readonly Holds[]): Edge => ({ from, to, holds: both(...all) })

const EDGES: readonly Edge[] = [
  ...(['link', 'tunnel', 'bfd', 'session'] as const).map((to) => edge('healed', to)),
  edge('tunnel', 'tunnel-told', sameNode, samePeer),
  edge('tunnel-told', 'claim', sameNode),
  edge('tunnel', 'claim', sameNode),
  edge('binding', 'claim', samePort),
  edge('claim', 'binding', samePort),
  edge('link', 'bfd', sameNode, samePeer),
  edge('link', 'session', sameNode, samePeer),
  edge('bfd', 'session', sameNode, samePeer),
  edge('session', 'spf', sameNode),
  edge('link', 'spf', sameNode),
  edge('spf', 'route', sameNode),
  edge('spf', 'best-path', sameNode),
  edge('session', 'peers-heard', sameNode),
  edge('session', 'best-path', sameNode),
  edge('peers-heard', 'best-path', sameNode),
  edge('update-received', 'best-path', sameNode, samePrefix),
  edge('session', 'update-sent', sameNode),
  edge('peers-heard', 'update-sent', sameNode),
  edge('best-path', 'update-sent', sameNode, samePrefix),
  edge('update-sent', 'update-received', samePrefix, (sent, received) => sent.node === received.peer),
  edge('link', 'route', sameNode),
  edge('best-path', 'route', sameNode, samePrefix),
  // The chassis that has the gateway port learns for all of them.
  edge('route', 'learned-route', samePrefix, (route, learned) => [undefined, route.node].includes(learned.peer)),
  edge('claim', 'learned-route'),
  edge('binding', 'learned-route'),
  edge('learned-route', 'logical-flows'),
  edge('binding', 'logical-flows'),
  edge('logical-flows', 'openflow'),
  edge('binding', 'openflow'),
  edge('claim', 'openflow', sameNode),
  edge('openflow', 'datapath', sameNode),
  edge('tunnel', 'datapath', sameNode),
  edge('openflow', 'translation'),
  edge('tunnel', 'translation'),
  edge('datapath', 'translation'),
  edge('route', 'translation', sameNode),
]

/** What serves all VPCs may be behind what serves one; one VPC's doings are never behind another's. */
const sameVpc: Holds = (cause, effect) =>
  cause.vpc === undefined || effect.vpc === undefined || cause.vpc === effect.vpc

/** Whether one can have brought about the other with nothing in between that would be told. */
export const causes = (cause: Signal, effect: Signal): boolean =>
  sameVpc(cause, effect) &&
  EDGES.some(({ from, to, holds }) => from === cause.step && to === effect.step && holds(cause, effect))

/** Steps that lie somewhere before this one. */
export function before(step: Step): ReadonlySet<Step> {
  const found = new Set<Step>()
  const add = (to: Step): void => {
    for (const edge of EDGES)
      if (edge.to === to && !found.has(edge.from)) {
        found.add(edge.from)
        add(edge.from)
      }
  }
  add(step)
  return found
}

/** What matters only at chassis that packets meet: others have the same rules, and may have them sooner or later. */
const AT_CHASSIS: ReadonlySet<Step> = new Set(['openflow', 'datapath', 'tunnel', 'tunnel-told'])

/** Whether a signal is of this way at all: of its VPCs, or of what serves all; where its packets come. */
export const concerns = ({ vpcs, chassis }: Way, { vpc, step, node }: Signal): boolean =>
  (vpc === undefined || vpcs.includes(vpc)) && (!AT_CHASSIS.has(step) || chassis.includes(node))

/** Whether packets that go this way can fare otherwise from then on. */
export function changesWay(way: Way, signal: Signal): boolean {
  const { step, node, prefix = '' } = signal
  if (step === 'healed') return true
  if (!concerns(way, signal)) return false
  if (step === 'openflow' || step === 'datapath' || step === 'tunnel') return true
  const { internets = [way.internet], prefix: far } = way.regions ?? {}
  if (step === 'link') return [...way.chassis, ...way.gateways, ...internets].includes(node)
  if (step === 'translation') return !way.towardsInternet && way.gateways.includes(node)
  if (step !== 'route') return false
  if (way.gateways.includes(node))
    return (prefix === DEFAULT) === way.towardsInternet && contains(network(prefix), network(`${way.address}/32`))
  if (!internets.includes(node)) return false
  return way.towardsInternet ? prefix === far : way.publicPrefixes.includes(prefix)
}

/** Whether a packet that goes this way can have waited for it and for nothing after it. */
export const opens = (way: Way, signal: Signal): boolean => !signal.gone && changesWay(way, signal)

const DEFAULT = '0.0.0.0/0'
