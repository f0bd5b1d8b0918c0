// How far off a way of measuring was, over many outages.

import { percentile } from '../statistics.ts'
import type { Compared } from './compare.ts'

export type Errors = { readonly medianNs: number; readonly p99Ns: number; readonly mostNs: number }

/** Of the sizes of errors, whichever way they point. */
export function errorsOf(errorsNs: readonly number[]): Errors {
  const sizes = errorsNs.map(Math.abs)
  return { medianNs: percentile(sizes, 0.5), p99Ns: percentile(sizes, 0.99), mostNs: percentile(sizes, 1) }
}

export type Summary = Errors & {
  /** Outages times flows. */
  readonly measured: number
  readonly outside: number
  readonly missed: number
  readonly invented: number
  /** Measurements in whose window the lab lost probes by itself, which the switch did not drop. */
  readonly disturbed: number
  /** Whose bound is wider than a gap and a millisecond: true, and of little use. */
  readonly wide: number
}

/** RFC 6413 §5.7: one gap is the best that counting packets can do; a millisecond for the machine. */
export const limitNs = (gapNs: number): number => gapNs + 1e6

/**
 * Of the flows of one direction. Where the lab itself lost probes next to an outage, the outage was longer
 * than the cut: that says how well the lab keeps its packets, and nothing of the measurement.
 */
export function summaryOf(compared: readonly Compared[], gapNs: number): Summary {
  const count = (is: (one: Compared) => boolean) => compared.filter(is).length
  const clean = compared.filter(({ ownLosses }) => ownLosses === 0)
  return {
    measured: compared.length,
    outside: clean.filter(({ inside }) => !inside).length,
    missed: count(({ missed }) => missed),
    invented: clean.reduce((sum, { invented }) => sum + invented, 0),
    disturbed: compared.length - clean.length,
    wide: count(({ boundNs }) => boundNs > limitNs(gapNs)),
    ...errorsOf(clean.map(({ errorNs }) => errorNs)),
  }
}
