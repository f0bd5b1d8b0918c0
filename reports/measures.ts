// What each flow lost, per direction and phase. Pure: the same history always gives the same numbers.

import type { Direction, Event, FlowRecord } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { type LossPeriod, lossPeriods, type Span, spanOf } from './loss.ts'
import { faultWindows, middle, type Phase, phases } from './windows.ts'

/** One row of the measures table. Times are relative to the strike or heal that its phase began with. */
export type Measure = {
  readonly flow: string
  readonly direction: Direction
  /** 'during death of nat-gw-a-1' */
  readonly phase: string
  readonly sent: number
  readonly lost: number
  /** Loss periods that began in this phase. */
  readonly periods: number
  /** A loss period of the phase before reached into this one. */
  readonly carriedOver: boolean
  /** The longest of the periods. */
  readonly outage?: Span
  /** When the first period began, and when the last ended, each within ± its bound. */
  readonly impaired?: Span
  readonly recovered?: Span
}

function measure(record: FlowRecord, all: readonly LossPeriod[], phase: Phase): Measure {
  const within = (ns: number) => ns >= phase.fromNs && ns < phase.toNs
  const sent = record.inNs.filter(within).length
  const lost = record.inNs.filter((ns, i) => within(ns) && record.outNs[i] === null).length
  const mine = all.filter(({ began }) => within(began.toNs))
  const spans = mine.map(spanOf)
  const outage = spans.reduce<Span | undefined>(
    (longest, each) => (longest && longest.ns >= each.ns ? longest : each),
    undefined,
  )
  const [first, last] = [mine[0], mine.at(-1)]
  const since = (bracket: LossPeriod['began'], open: boolean): Span | undefined =>
    phase.since && {
      ns: middle(bracket) - middle(phase.since),
      boundNs: (bracket.toNs - bracket.fromNs + phase.since.toNs - phase.since.fromNs) / 2,
      open,
    }
  const impaired = first && since(first.began, false)
  const recovered = last && since(last.ended, last.open)
  return {
    flow: record.flow,
    direction: record.direction,
    phase: phase.name,
    sent,
    lost,
    periods: mine.length,
    carriedOver: all.some(({ began, ended }) => began.toNs < phase.fromNs && ended.fromNs >= phase.fromNs),
    ...(outage && { outage }),
    ...(impaired && { impaired }),
    ...(recovered && { recovered }),
  }
}

/** A row for each flow, direction and phase in which it sent. Before the first fault only what was lost is told. */
export function measures(events: readonly Event[]): Measure[] {
  const stretches = phases(faultWindows(events))
  return ofKind({ events }, 'flow-record').flatMap((record) => {
    const all = lossPeriods(record)
    const rows = stretches.map((phase) => measure(record, all, phase)).filter(({ sent }) => sent > 0)
    return rows.filter(({ phase, lost }) => phase !== 'before' || lost > 0 || rows.length === 1)
  })
}
