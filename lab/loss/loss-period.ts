// Losses of one direction of a flow, as stretches of time. Times are those at the sender's link:
// the network failed somewhere between the last probe that still passed and the first that did not.

import type { Bracket, FlowRecord } from '../events.ts'
import { firstFrom, type Window } from './window.ts'

/** Consecutive probes lost (RFC 3357). */
export type LossPeriod = {
  readonly lost: number
  /** Between the last probe that passed and the first lost one. */
  readonly begins: Bracket
  /** Between the last lost probe and the first that passed again; to Infinity when none did. */
  readonly ends: Bracket
  /** The widest gap between two lost probes, where the network may have worked unseen. */
  readonly widestGapNs: number
}

/** How long it was: the truth lies within estimate ± bound. Infinite when it has no known end. */
export type Span = { readonly estimateNs: number; readonly boundNs: number }

/** The loss periods whose first loss lies in the window, in order. */
export function lossPeriods({ inNs, outNs }: FlowRecord, { fromNs, toNs }: Window): LossPeriod[] {
  const periods: LossPeriod[] = []
  const at = (i: number, otherwise: number) => inNs[i] ?? otherwise
  for (let i = 0; i < inNs.length; i++) {
    if (outNs[i] !== null) continue
    const first = i
    let widestGapNs = 0
    for (; i + 1 < inNs.length && outNs[i + 1] === null; i++)
      widestGapNs = Math.max(widestGapNs, at(i + 1, 0) - at(i, 0))
    const firstLostNs = at(first, 0)
    if (firstLostNs < fromNs || firstLostNs >= toNs) continue
    periods.push({
      lost: i - first + 1,
      begins: { fromNs: at(first - 1, Number.NEGATIVE_INFINITY), toNs: firstLostNs },
      ends: { fromNs: at(i, 0), toNs: at(i + 1, Number.POSITIVE_INFINITY) },
      widestGapNs,
    })
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
  lost: firstFrom(inNs, period.ends.fromNs) + 1 - firstFrom(inNs, Math.max(from.fromNs, period.begins.toNs)),
})
