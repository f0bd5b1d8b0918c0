// A network fails when packets meet the failure, not when they are sent. What lies between is a probe's
// transit: as long as it is the same for all it moves an outage and leaves its length alone; where it
// differs between the probes at the two edges, it makes the length less certain.

import type { FlowRecord } from '../events.ts'
import { firstFrom, STEADY_NS } from './window.ts'

/** The shortest delay of the probes that entered in a span and passed, ns; 0 without any. */
export function shortestDelay({ inNs, outNs }: FlowRecord, fromNs: number, toNs: number): number {
  let shortest = Number.POSITIVE_INFINITY
  for (let i = firstFrom(inNs, fromNs); i < inNs.length && (inNs[i] ?? 0) <= toNs; i++) {
    const out = outNs[i] ?? null
    if (out !== null) shortest = Math.min(shortest, out - (inNs[i] ?? 0))
  }
  return Number.isFinite(shortest) ? shortest : 0
}

/** How much longer than the shortest a probe that passed took to its end, ns: it met the failing place at most as much later. */
export const excess = ({ inNs, outNs }: FlowRecord, i: number, shortestNs: number): number => {
  const out = outNs[i] ?? null
  return out === null ? 0 : Math.max(0, out - (inNs[i] ?? 0) - shortestNs)
}

/** Two neighbours at an edge of a loss period: one passed, the other is lost. */
export type Neighbours = {
  readonly passed: number
  readonly lost: number
  /** Which of the lost ones it is, in sending order. */
  readonly rank: number
}

/** By how much each met the failing place later than the shortest transit would have it, ns. */
export type Lateness = {
  readonly passed: { readonly leastNs: number; readonly mostNs: number }
  readonly lost: { readonly leastNs: number; readonly mostNs: number }
}

/**
 * Of a probe that was lost on its receiver's link, the tap says when it was there; the one that passed was
 * there as it arrived. Lost anywhere else, it was met for the last time before it was lost, and in between
 * may have waited as long as its neighbour did.
 */
export function lateness(record: FlowRecord, { passed, lost, rank }: Neighbours, shortestNs: number): Lateness {
  const mostNs = excess(record, passed, shortestNs)
  const sentNs = record.inNs[lost] ?? 0
  const onWayNs = (record.lastSeenNs?.[rank] ?? sentNs) - sentNs
  if (record.reached?.[rank] === 'receiver') {
    const lostNs = Math.max(0, onWayNs - shortestNs)
    return { passed: { leastNs: mostNs, mostNs }, lost: { leastNs: lostNs, mostNs: lostNs } }
  }
  return { passed: { leastNs: 0, mostNs }, lost: { leastNs: 0, mostNs: Math.max(onWayNs, mostNs) } }
}

/** What counts as the usual transit around an outage: the shortest in the second before it and the second after. */
export const usualTransit = (record: FlowRecord, fromNs: number, toNs: number): number => {
  const before = shortestDelay(record, fromNs - STEADY_NS, fromNs)
  const after = shortestDelay(record, toNs, toNs + STEADY_NS)
  return before > 0 && after > 0 ? Math.min(before, after) : Math.max(before, after)
}
