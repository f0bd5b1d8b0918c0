// How long an outage may last, from the timers that are in force: who changes a timer, changes the claim.

import { ScenarioError } from '../lab/errors.ts'
import type { Duration } from '../lab/time.ts'
import { BGPD_QUEUE_NS, ZEBRA_QUEUE_NS } from '../lab/topology/timers.ts'
import type { Ospf, Timers } from '../lab/topology/types.ts'

export type Turns = {
  /**
   * What notices first: BFD of BGP's sessions and OSPF's adjacencies, or of the tunnels, or BGP's hold time, or OSPF's
   * dead interval. None where somebody is
   * told: a carrier that goes, a session that is closed.
   */
  readonly detectedBy?: 'bfd' | 'tunnel-bfd' | 'hold-time' | 'dead-interval'
  /** Two ends that notice by their own clocks do so up to as many keepalive intervals apart (RFC 4271 §4.4). */
  readonly keepalives?: number
  /** Two ends of an adjacency likewise, as many hello intervals apart (RFC 2328 §10.5). */
  readonly hellos?: number
  /** Calculations of shortest paths by ospfd, one after the other. */
  readonly spf?: number
  /** BGP sessions, one after the other, that begin anew: ConnectRetry, and BFD, which begins at 1 s (RFC 5880 §6.8.3). */
  readonly begun?: number
  /** BGP speakers, one after the other, that must choose anew before the last router knows. */
  readonly speakers?: number
  /** Prefixes of a large table, all of which must come to be in a kernel. */
  readonly prefixes?: number
  /** Turns of OVN's pipeline: a learned route, northd, flows on each chassis. */
  readonly ovn?: number
}

/** OVN's turn takes 10 ms on the reference lab; northd and ovn-controller of a larger one take ten times that. */
const OVN_NS = 100e6
/** No BFD session sends more often before it is up, and its detection time is as long. */
const BFD_BEGINS_NS = 1e9
/**
 * A prefix from one bgpd to the kernel behind another: measured 240 us where two cores carry a speaker, two that learn,
 * and everything else of the reference lab.
 */
const PREFIX_NS = 500e3
/** What a busy host may add to a chain of a dozen processes, each of which waits for a CPU once or twice. */
const BUSY_HOST_NS = 500e6

/** Throws ScenarioError for a topology where nobody speaks OSPF. */
function ospfOf({ ospf }: Timers): Ospf {
  if (ospf) return ospf
  throw new ScenarioError("a limit counts OSPF's turns, and the topology has no timers of OSPF")
}

function detectionNs(timers: Timers, by: Turns['detectedBy']): number {
  const { bfd, tunnelBfd, bgp } = timers
  if (by === undefined) return 0
  if (by === 'dead-interval') return ospfOf(timers).deadS * 1e9
  // Where no BFD runs, the hold time is what notices.
  if (by === 'hold-time' || (by === 'bfd' && !bfd)) return bgp.holdS * 1e9
  const { intervalMs, multiplier } = by === 'bfd' && bfd ? bfd : tunnelBfd
  return intervalMs * multiplier * 1e6
}

/** A calculation waits for the delay, or for what is left of the hold time after one that was just made. */
function ospfNs(timers: Timers, { hellos = 0, spf = 0 }: Turns): number {
  if (hellos + spf === 0) return 0
  const { helloS, spf: throttle } = ospfOf(timers)
  const spfNs = Math.max(throttle.delayMs, throttle.holdMs) * 1e6 + ZEBRA_QUEUE_NS
  return hellos * helloS * 1e9 + spf * spfNs
}

/**
 * The longest that it may take: detection (RFC 5880 §6.8.4; RFC 4271 §6.5; RFC 2328 §10.5), OSPF's throttles, at each
 * speaker its own queues and the advertisement interval (RFC 4271 §9.2.1.1), OVN's turns, and room for a busy host.
 * Whole milliseconds. Throws ScenarioError where it counts OSPF's turns and nobody speaks it.
 */
export function limit(timers: Timers, turns: Turns): Duration {
  const { detectedBy, keepalives = 0, begun = 0, speakers = 0, prefixes = 0, ovn = 0 } = turns
  const speakerNs = BGPD_QUEUE_NS + ZEBRA_QUEUE_NS + timers.bgp.advertisementS * 1e9
  const apartNs = keepalives * timers.bgp.keepaliveS * 1e9
  const begunNs = begun * (timers.bgp.connectRetryS * 1e9 + (timers.bfd ? BFD_BEGINS_NS : 0))
  const routersNs = ospfNs(timers, turns) + speakers * speakerNs + prefixes * PREFIX_NS
  const ns = detectionNs(timers, detectedBy) + apartNs + begunNs + routersNs + ovn * OVN_NS + BUSY_HOST_NS
  return `${Math.ceil(ns / 1e6)}ms`
}
