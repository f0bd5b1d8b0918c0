// What a flow of real traffic came to in all, written into the history when it stops.

import { type History, ofKind } from '../history.ts'
import { type Latencies, latencies, requestsOf, summed } from './requests.ts'
import { type Stretch, samplesIn } from './samples.ts'
import { newcomers, stories } from './sessions.ts'
import { type Transfer, transferOf } from './transfer.ts'

/** One class of requests: of their rates one second each is counted, latencies are ns. */
export type RequestTotals = {
  readonly name: string
  readonly askedPerSecond: number
  readonly answeredPerSecond: number
  readonly answered: number
  readonly failed: number
  readonly errors: Readonly<Record<string, number>>
  readonly latencyNs?: Latencies
  readonly sources: Readonly<Record<string, number>>
}

export type SessionTotals = {
  readonly held: number
  /** By fate: survived, silent, reset, hung, …. */
  readonly fates: Readonly<Record<string, number>>
  /** How many that were lost were established again. */
  readonly again: number
  /** Connections that the server saw end with an RST. */
  readonly serverResets: number
  /** The longest that an exchange of a survivor waited: quantiles over the survivors, ns. */
  readonly pauseNs: { readonly p50: number; readonly p90: number; readonly max: number }
  readonly newTried: number
  readonly newFailed: number
}

export type TrafficRecord = {
  readonly kind: 'traffic-record'
  readonly flow: string
  readonly fromNs: number
  readonly toNs: number
  readonly requests: readonly RequestTotals[]
  readonly transfer?: Transfer
  readonly sessions?: SessionTotals
}

const rank = (sorted: readonly number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0

/** Of the sessions that were held when a window began, or of all in a whole run. */
export function sessionsOf(history: Pick<History, 'events'>, flow: string, window: Stretch): SessionTotals | undefined {
  const all = stories(history, flow, window)
  const { tried, failed } = newcomers(history, flow, window)
  if (all.length === 0 && tried === 0) return undefined
  const pauses = all
    .filter(({ fate }) => fate === 'survived')
    .map(({ pauseNs }) => pauseNs)
    .sort((a, b) => a - b)
  return {
    held: all.length,
    fates: summed(all.map(({ fate }) => ({ [fate]: 1 }))),
    again: all.filter(({ again }) => again).length,
    serverResets: samplesIn(
      ofKind(history, 'session-server').filter((event) => event.flow === flow),
      window,
    ).reduce((sum, { resets }) => sum + resets, 0),
    pauseNs: { p50: rank(pauses, 0.5), p90: rank(pauses, 0.9), max: pauses.at(-1) ?? 0 },
    newTried: tried,
    newFailed: failed,
  }
}

/** What the history has of a flow in a window, summed up; all zero where it has nothing. */
export function totals(history: Pick<History, 'events'>, flow: string, window: Stretch): TrafficRecord {
  const mine = <T extends { readonly flow: string }>(events: readonly T[]) => events.filter((e) => e.flow === flow)
  const samples = samplesIn(mine(ofKind(history, 'traffic-sample')), window)
  const moved = samplesIn(mine(ofKind(history, 'transfer-sample')), window)
  const transfer = transferOf(moved)
  const sessions = sessionsOf(history, flow, window)
  const spans = [...samples, ...moved]
  const names = [...new Set(samples.flatMap(({ parts }) => parts.map(({ name }) => name)))]
  return {
    kind: 'traffic-record',
    flow,
    fromNs: Math.min(...spans.map(({ fromNs }) => fromNs)),
    toNs: Math.max(...spans.map(({ toNs }) => toNs)),
    requests: names.map((name) => {
      const of = requestsOf(samples, name)
      const latencyNs = latencies(of)
      const perSecond = (count: number) => (of.tookNs === 0 ? 0 : (count * 1e9) / of.tookNs)
      return {
        name,
        askedPerSecond: perSecond(of.asked),
        answeredPerSecond: perSecond(of.answered),
        answered: of.answered,
        failed: of.failed,
        errors: of.errors,
        ...(latencyNs && { latencyNs }),
        sources: of.sources,
      }
    }),
    ...(transfer && { transfer }),
    ...(sessions && { sessions }),
  }
}
