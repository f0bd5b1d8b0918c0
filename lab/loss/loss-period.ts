// Losses of one direction of a flow, as stretches of time: the network failed between the last probe that
// still passed and the first that did not. Times are those at the sender's link, for a probe of the usual
// transit; what a probe took longer to the place where the network failed, its edge is wider.

import type { Bracket, FlowRecord } from '../events.ts'
import { lateness, usualTransit } from './transit.ts'
import { firstFrom, type Window } from './window.ts'

/** Consecutive probes lost (RFC 3357). */
export type LossPeriod = {
  readonly lost: number
  /** When the network failed: between the last probe that passed and the first lost one. */
  readonly begins: Bracket
  /** When it worked again: between the last lost probe and the first that passed; to Infinity when none did. */
  readonly ends: Bracket
  /** When the first and the last lost probe were sent. */
  readonly sent: Bracket
  /** The widest gap between two lost probes, where the network may have worked unseen. */
  readonly widestGapNs: number
}

/** How long it was: the truth lies within estimate ± bound. Infinite when it has no known end. */
export type Span = { readonly estimateNs: number; readonly boundNs: number }

/** The edges of a period whose lost probes are those from `first` to `last`, the first of them the `rank`th lost. */
function edges(record: FlowRecord, first: number, last: number, rank: number): Pick<LossPeriod, 'begins' | 'ends'> {
  const { inNs } = record
  const at = (i: number, otherwise: number) => inNs[i] ?? otherwise
  const usualNs = usualTransit(record, at(first, 0), at(last, 0))
  const begin = lateness(record, { passed: first - 1, lost: first, rank }, usualNs)
  const end = lateness(record, { passed: last + 1, lost: last, rank: rank + last - first }, usualNs)
  return {
    begins: {
      fromNs: at(first - 1, Number.NEGATIVE_INFINITY) + begin.passed.leastNs,
      toNs: at(first, 0) + begin.lost.mostNs,
    },
    ends: {
      fromNs: at(last, 0) + end.lost.leastNs,
      toNs: at(last + 1, Number.POSITIVE_INFINITY) + end.passed.mostNs,
    },
  }
}

/** The loss periods whose first loss lies in the window, in order. */
export function lossPeriods(record: FlowRecord, { fromNs, toNs }: Window): LossPeriod[] {
  const { inNs, outNs } = record
  const periods: LossPeriod[] = []
  const at = (i: number) => inNs[i] ?? 0
  let rank = 0
  for (let i = 0; i < inNs.length; i++) {
    if (outNs[i] !== null) continue
    const first = i
    let widestGapNs = 0
    for (; i + 1 < inNs.length && outNs[i + 1] === null; i++) widestGapNs = Math.max(widestGapNs, at(i + 1) - at(i))
    const lost = i - first + 1
    if (at(first) >= fromNs && at(first) < toNs)
      periods.push({
        lost,
        ...edges(record, first, i, rank),
        sent: { fromNs: at(first), toNs: at(i) },
        widestGapNs,
      })
    rank += lost
  }
  return periods
}

/** The midpoint estimate of an instant. */
export const middle = ({ fromNs, toNs }: Bracket) => fromNs / 2 + toNs / 2
const width = ({ fromNs, toNs }: Bracket) => toNs - fromNs

/** The midpoint estimate of a period, with its bound. */
export const lengthOf = ({ begins, ends }: Pick<LossPeriod, 'begins' | 'ends'>): Span => ({
  estimateNs: Math.max(0, middle(ends) - middle(begins)),
  boundNs: (width(begins) + width(ends)) / 2,
})

/** The shortest that a period can have been: from its first loss to its last. */
export const atLeastNs = ({ begins, ends }: Pick<LossPeriod, 'begins' | 'ends'>): number =>
  Math.max(0, ends.fromNs - begins.toNs)

/** What is left of a period after an instant that lies in it: the tail of an outage that outlasts its fault. */
export const tail = (period: LossPeriod, from: Bracket, { inNs }: FlowRecord): LossPeriod => ({
  ...period,
  begins: from,
  lost: firstFrom(inNs, period.sent.toNs) + 1 - firstFrom(inNs, Math.max(from.fromNs, period.sent.fromNs)),
})
