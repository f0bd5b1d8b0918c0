// For how long one direction of a flow had no connectivity in a window, and how exactly that is known.

import type { Bracket, FlowRecord } from '../events.ts'
import { type History, ofKind } from '../history.ts'
import { atLeastNs, type LossPeriod, lengthOf, lossPeriods, type Span, tail } from './loss-period.ts'
import type { Stretch } from './stretch.ts'
import { excess, shortestDelay } from './transit.ts'
import { firstFrom, type Window } from './window.ts'

/** A Route Loss of Connectivity Period (RFC 6412 §3.6.5), which may hold several loss periods. */
export type Connectivity = {
  readonly probes: number
  readonly lost: number
  readonly periods: readonly LossPeriod[]
  /** The sum of the periods' midpoint estimates, ns; Infinity when the flow never came back. */
  readonly outageNs: number
  /** How far off that can be by the spacing of the probes at the edges and by their transit, ns; never below the probe gap. */
  readonly boundNs: number
  /** The outage lay between these two, counting what a stall of the sender or of the path may hide, ns. */
  readonly lowNs: number
  readonly highNs: number
}

/** Probes further apart than this have missed a tick, or were held up: something may hide there. */
const STALLED_GAPS = 2

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/**
 * The widest gap between two neighbours that both passed, where it reaches into the window, ns; where the
 * second was held up, wherever that was, nothing was met for as much longer.
 */
function widestQuietGap(record: FlowRecord, window: Window): number {
  const { inNs, outNs } = record
  const usualNs = shortestDelay(record, window.fromNs, window.toNs)
  let widest = 0
  for (let i = Math.max(1, firstFrom(inNs, window.fromNs)); i < inNs.length; i++) {
    const before = inNs[i - 1] ?? 0
    if (before >= window.toNs) break
    if (outNs[i - 1] !== null && outNs[i] !== null)
      widest = Math.max(widest, (inNs[i] ?? 0) - before + excess(record, i, usualNs))
  }
  return widest
}

/** The periods that begin in a window and, where a fault let go there, the tails of those it left behind. */
function periodsIn(record: FlowRecord, window: Window, letGo?: Bracket): LossPeriod[] {
  const within = lossPeriods(record, window)
  if (!letGo) return within
  const before = lossPeriods(record, { fromNs: Number.NEGATIVE_INFINITY, toNs: window.fromNs })
  const left = before.filter(({ ends }) => ends.toNs > letGo.fromNs)
  return [...left.map((period) => tail(period, letGo, record)), ...within]
}

export type Seen = {
  /** The instant a fault let go: what is still lost then counts from there. */
  readonly letGo?: Bracket | undefined
  /** For how long at the window's end nothing was sent, ns. */
  readonly unseenNs?: number
}

/** What the record says of a window. */
export function connectivity(record: FlowRecord, window: Window, { letGo, unseenNs = 0 }: Seen = {}): Connectivity {
  const { gapNs, inNs } = record
  const probes = firstFrom(inNs, window.toNs) - firstFrom(inNs, window.fromNs)
  const periods = periodsIn(record, window, letGo)
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

/** For how long the sender sent nothing at the end of the window, though nobody had stopped the flow. */
function unseen(history: Pick<History, 'events'>, { flow, inNs }: FlowRecord, { toNs }: Window): number {
  const stopped = ofKind(history, 'flow').findLast((event) => event.flow === flow && event.phase === 'stopped')
  if (!Number.isFinite(toNs) || (stopped && stopped.atNs < toNs)) return 0
  return Math.max(0, toNs - (inNs.at(-1) ?? toNs))
}

/** What a history says of a stretch of one direction of a flow. */
export const connectivityIn = (history: Pick<History, 'events'>, record: FlowRecord, stretch: Stretch): Connectivity =>
  connectivity(record, stretch, { letGo: stretch.fault?.letGo, unseenNs: unseen(history, record, stretch) })

/** From the instant that a stretch counts from; each only where it is known. */
export type Instants = {
  /** When the first packet was hit; not where the fault left the loss behind. */
  readonly firstImpaired?: Span
  /** When the last period ended. */
  readonly recovery?: Span
}

export function instants({ periods }: Connectivity, { fault }: Stretch): Instants {
  if (!fault) return {}
  const { origin, letGo } = fault
  const since = (edge: Bracket | undefined): Span | undefined =>
    edge && Number.isFinite(edge.toNs - edge.fromNs)
      ? {
          estimateNs: (edge.fromNs - origin.fromNs + edge.toNs - origin.toNs) / 2,
          boundNs: (edge.toNs - edge.fromNs + origin.toNs - origin.fromNs) / 2,
        }
      : undefined
  const begins = periods[0]?.begins
  const firstImpaired = begins === letGo ? undefined : since(begins)
  const recovery = since(periods.at(-1)?.ends)
  return { ...(firstImpaired && { firstImpaired }), ...(recovery && { recovery }) }
}
