// From a first packet back to the fault: the last thing that the packet can have waited for, what brought that
// about, and so on. Backwards, because many things follow from a fault and one way only leads to the packet.

import type { Bracket } from '../events.ts'
import { middle } from '../loss/loss-period.ts'
import { before, causes, concerns, opens } from './causes.ts'
import type { Signal } from './signal.ts'
import type { Way } from './way.ts'

export type Link = {
  readonly signal: Signal
  /** Its stamp; where that is late, no later than what it brought about. */
  readonly atNs: number
  /** Nothing told what lies between the link before, or the fault, and this one. */
  readonly gap: boolean
}

export type Chain = {
  /** In order of time. */
  readonly links: readonly Link[]
  /** Nothing told what lies between the last link, or the fault, and the packet. */
  readonly gap: boolean
}

/** What a failure may begin to be told with. */
const FIRST: ReadonlySet<string> = new Set(['healed', 'link', 'tunnel', 'tunnel-told', 'bfd', 'session'])

/** The latest of these that can have come before an instant, as stamps go. */
const latest = (signals: readonly Signal[], untilNs: number, holds: (signal: Signal) => boolean): Signal | undefined =>
  signals.findLast((signal) => signal.atNs - signal.lateNs <= untilNs && holds(signal))

/** Longer than any step of OVN's or FRR's own, and shorter than any detection: what is older belongs to another event. */
const RECENT_NS = 100e6

/** The same, but what is stamped later than the instant only where nothing was stamped a little before it. */
function latestBefore(signals: readonly Signal[], untilNs: number, holds: (signal: Signal) => boolean) {
  const before = signals.findLast((signal) => signal.atNs <= untilNs && holds(signal))
  return before && before.atNs >= untilNs - RECENT_NS ? before : latest(signals, untilNs, holds)
}

/** What one node does by itself it does because of what it knows; where nothing of that was told, nothing is known. */
const BY_ITSELF: ReadonlySet<string> = new Set(['session', 'peers-heard', 'best-path', 'update-sent', 'route'])

const sharesPlace = (cause: Signal, effect: Signal) => !BY_ITSELF.has(effect.step) || cause.node === effect.node

/**
 * The chain that ends with the first packet of a way that passed again, within a bracket. Of `signals`, in
 * order of time, those before `fromNs` play no part.
 */
export function chainTo(recovery: Bracket, signals: readonly Signal[], way: Way, fromNs: number): Chain {
  const left = signals.filter(({ atNs }) => atNs > fromNs)
  const links: Link[] = []
  /** Adds what led to a signal, or to the packet, earliest first; whether something in between was not told. */
  const lead = (to: Signal | undefined, untilNs: number, latestNs: number): boolean => {
    const steps = to && before(to.step)
    const direct = (signal: Signal) => (to ? causes(signal, to) : opens(way, signal))
    const earlier = (signal: Signal) => !to || (steps?.has(signal.step) === true && sharesPlace(signal, to))
    const among = left.filter((signal) => concerns(way, signal))
    const find = to ? latestBefore : latest
    const found = find(among, untilNs, direct)
    const signal = found ?? find(among, untilNs, earlier)
    if (!signal) return !to || !FIRST.has(to.step)
    left.splice(left.indexOf(signal), 1)
    const atNs = Math.max(fromNs, Math.min(signal.atNs, latestNs))
    const gap = lead(signal, atNs + signal.resolutionNs, atNs)
    links.push({ signal, atNs, gap })
    const lostSince = to?.lostNs !== undefined && atNs + signal.resolutionNs < to.lostNs
    return !found || lostSince
  }
  const gap = lead(undefined, recovery.toNs, middle(recovery))
  return { links, gap }
}
