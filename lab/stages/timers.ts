// What timers say of a stage: how long it takes where all else is instant.

import { BGPD_QUEUE_NS, ZEBRA_QUEUE_NS } from '../topology/timers.ts'
import type { Bfd, Ospf, Timers } from '../topology/types.ts'
import type { Signal } from './signal.ts'

export type Timer = {
  /** 'BFD 3 × 100 ms' */
  readonly name: string
  /** The stage lasts at least and at most so long by it, ns. */
  readonly lowNs: number
  readonly highNs: number
}

/**
 * A session is given up `multiplier` intervals after its last packet, and that had come up to one interval
 * before the fault (RFC 5880 §6.8.4).
 */
const detection = (name: string, { intervalMs, multiplier }: Bfd): Timer => ({
  name: `${name} ${multiplier} × ${intervalMs} ms`,
  lowNs: (multiplier - 1) * intervalMs * 1e6,
  highNs: multiplier * intervalMs * 1e6,
})

/** Anything that a peer sends starts it anew, at the latest a keepalive (RFC 4271 §4.4). */
const hold = ({ holdS, keepaliveS }: Timers['bgp']): Timer => ({
  name: `BGP hold time ${holdS} s`,
  lowNs: (holdS - keepaliveS) * 1e9,
  highNs: holdS * 1e9,
})

/** A hello starts it anew (RFC 2328 §10.5), every hello interval. */
const dead = ({ deadS, helloS }: Ospf): Timer => ({
  name: `OSPF dead interval ${deadS} s`,
  lowNs: (deadS - helloS) * 1e9,
  highNs: deadS * 1e9,
})

const spfHolds = ({ spf }: Ospf): Timer => ({
  name: `OSPF SPF delay ${spf.delayMs} ms, hold time ${spf.holdMs} ms`,
  lowNs: spf.delayMs * 1e6,
  highNs: Math.max(spf.delayMs, spf.holdMs) * 1e6,
})

const BGPD_HOLDS: Timer = { name: "bgpd's queue 50 ms", lowNs: BGPD_QUEUE_NS, highNs: BGPD_QUEUE_NS }
const ZEBRA_HOLDS: Timer = { name: "zebra's queue 10 ms", lowNs: ZEBRA_QUEUE_NS, highNs: ZEBRA_QUEUE_NS }

/** The timer that a stage waits for which this ends; `first`: it began with the fault. */
export function timerOf({ step, by, text }: Signal, first: boolean, timers: Timers): Timer | undefined {
  const { bfd, tunnelBfd, bgp, ospf } = timers
  const down = first && / down\b/.test(text)
  if (step === 'bfd') return down && bfd ? detection('BFD', bfd) : undefined
  if (by === 'ospfd' && ospf) {
    if (step === 'spf') return spfHolds(ospf)
    return down ? dead(ospf) : undefined
  }
  if (step === 'session' && !bfd) return down ? hold(bgp) : undefined
  if (step === 'tunnel') return down ? detection('tunnel BFD', tunnelBfd) : undefined
  if (step === 'best-path') return BGPD_HOLDS
  return step === 'route' ? ZEBRA_HOLDS : undefined
}
