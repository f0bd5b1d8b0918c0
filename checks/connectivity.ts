// For how long one direction of a flow had no connectivity in a window, and how exactly that is known.

import type { FlowRecord } from '../lab/events.ts'
import { atLeastNs, type LossPeriod, lengthOf, lossPeriods, tail } from './loss-period.ts'
import { firstFrom, type Window } from './window.ts'

/** A Route Loss of Connectivity Period (RFC 6412 §3.6.5), which may hold several loss periods. */
export type Connectivity = {
  readonly probes: number
  readonly lost: number
  readonly periods: readonly LossPeriod[]
  /** The sum of the periods' midpoint estimates, ns; Infinity when the flow never came back. */
  readonly outageNs: number
  /** How far off that can be by the spacing of the probes at the edges, ns; never below the probe gap. */
  readonly boundNs: number
  /** The outage lay between these two, counting what a stall of the sender may hide, ns. */
  readonly lowNs: number
  readonly highNs: number
}

/** Probes further apart than this have missed a tick: the sender stalled, and something may hide there. */
const STALLED_GAPS = 2

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** The widest gap between two neighbours that both passed, where it reaches into the window, ns. */
function widestQuietGap({ inNs, outNs }: FlowRecord, window: Window): number {
  let widest = 0
  for (let i = Math.max(1, firstFrom(inNs, window.fromNs)); i < inNs.length; i++) {
    const before = inNs[i - 1] ?? 0
    if (before >= window.toNs) break
    if (outNs[i - 1] !== null && outNs[i] !== null) widest = Math.max(widest, (inNs[i] ?? 0) - before)
  }
  return widest
}

/**
 * The periods of a window, and the tail of one that was there when the window opened. `opens` says
 * when that was; without it, what began before is none of the window's.
 */
function periodsIn(record: FlowRecord, window: Window, opens?: Window): LossPeriod[] {
  const within = lossPeriods(record, window)
  if (!opens) return within
  const before = lossPeriods(record, { fromNs: Number.NEGATIVE_INFINITY, toNs: window.fromNs })
  const carried = before.filter(({ ends }) => ends.toNs > opens.fromNs)
  return [...carried.map((period) => tail(period, opens, record)), ...within]
}

/** What the record says of a window. `unseenNs`: for how long at its end nothing was sent. */
export function connectivity(record: FlowRecord, window: Window, how: { opens?: Window; unseenNs?: number } = {}): Connectivity {
  const { gapNs, inNs } = record
  const { opens, unseenNs = 0 } = how
  const probes = firstFrom(inNs, window.toNs) - firstFrom(inNs, window.fromNs)
  const periods = periodsIn(record, window, opens)
  const spans = periods.map(lengthOf)
  const edgesNs = total(spans.map(({ boundNs }) => boundNs))
  const outageNs = total(spans.map(({ estimateNs }) => estimateNs))
  const stall = (widestNs: number) => (widestNs > STALLED_GAPS * gapNs ? widestNs : 0)
  const quietNs = Math.max(widestQuietGap(record, window), unseenNs)
  const boundNs = periods.length === 0 ? Math.max(gapNs, quietNs) : Math.max(gapNs, edgesNs)
  const hiddenUpNs = stall(Math.max(0, ...periods.map(({ widestGapNs }) => widestGapNs)))
  return {
    probes,
    lost: total(periods.map(({ lost }) => lost)),
    periods,
    outageNs,
    boundNs,
    lowNs: Math.max(0, total(periods.map(atLeastNs)) - hiddenUpNs),
    highNs: outageNs + boundNs + (periods.length === 0 ? 0 : stall(quietNs)),
  }
}
