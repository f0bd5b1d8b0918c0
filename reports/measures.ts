// What each flow lost, per direction and phase. Pure: the same history always gives the same numbers.

import type { Bracket, Direction, Event, FlowRecord } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { type LossPeriod, lossPeriods, type Span, spanOf } from './loss.ts'
import { faultWindows, middle, type Phase, phases } from './windows.ts'

/** One row of the measures table. Times count from the instant that its phase does. */
export type Row = {
  readonly flow: string
  readonly direction: Direction
  /** 'during death of nat-gw-a-1' */
  readonly phase: string
  readonly sent: number
  readonly lost: number
  /** Loss periods that began in this phase, or were left over by the fault that healed. */
  readonly periods: number
  /** Their sum: the loss of connectivity period (RFC 6412, section 3.6.5). */
  readonly outage?: Span
  /** When the first period began, and when the last ended. */
  readonly impaired?: Span
  readonly recovered?: Span
}

/** The records that stand at the end of a run: the last of each flow and direction. */
export function finalRecords(events: readonly Event[]): FlowRecord[] {
  const byWay = new Map(
    ofKind({ events }, 'flow-record').map((record) => [`${record.flow} ${record.direction}`, record]),
  )
  return [...byWay.values()]
}

/** How long packets took at most in the second before an instant; by so much earlier they met what then was. */
function transit({ inNs, outNs }: FlowRecord, beforeNs: number): number {
  const delays = inNs.map((ns, i) =>
    ns >= beforeNs - 1e9 && (outNs[i] ?? beforeNs) < beforeNs ? (outNs[i] ?? ns) - ns : 0,
  )
  return delays.reduce((longest, each) => Math.max(longest, each), 0)
}

/** What is left of a loss when the fault behind it lets go. */
const tail = (period: LossPeriod, letGo: Bracket): LossPeriod => ({ ...period, began: letGo })

const sum = (spans: readonly Span[], gapNs: number): Span => ({
  ns: spans.reduce((total, { ns }) => total + ns, 0),
  boundNs: Math.max(
    gapNs,
    spans.reduce((total, { boundNs }) => total + boundNs, 0),
  ),
  open: spans.some(({ open }) => open),
})

function row(record: FlowRecord, all: readonly LossPeriod[], phase: Phase): Row {
  const { fromNs, toNs, since } = phase
  const within = (ns: number) => ns >= fromNs && ns < toNs
  const left =
    phase.healed && since ? all.filter(({ began, ended }) => began.toNs < fromNs && ended.toNs > since.fromNs) : []
  const periods = [
    ...left.map((period) => tail(period, since ?? period.began)),
    ...all.filter(({ began }) => within(began.toNs)),
  ]
  const offset = (bracket: Bracket, open: boolean): Span | undefined =>
    since && {
      ns: middle(bracket) - middle(since),
      boundNs: (bracket.toNs - bracket.fromNs + since.toNs - since.fromNs) / 2,
      open,
    }
  const [first, last] = [periods[0], periods.at(-1)]
  const impaired = first && left.length === 0 ? offset(first.began, false) : undefined
  const recovered = last && offset(last.ended, last.open)
  return {
    flow: record.flow,
    direction: record.direction,
    phase: phase.name,
    sent: record.inNs.filter(within).length,
    lost: record.inNs.filter((ns, i) => within(ns) && record.outNs[i] === null).length,
    periods: periods.length,
    ...(periods.length > 0 && { outage: sum(periods.map(spanOf), record.gapNs) }),
    ...(impaired && { impaired }),
    ...(recovered && { recovered }),
  }
}

/** A row for each flow, direction and phase in which it sent. Of the time before the first fault only losses are told. */
export function measures(events: readonly Event[]): Row[] {
  const stretches = phases(faultWindows(events))
  return finalRecords(events).flatMap((record) => {
    const all = lossPeriods(record)
    // As the sender's link saw them, where a packet enters before it meets the fault.
    const seen = (ns: number) => (Number.isFinite(ns) ? ns - transit(record, ns) : ns)
    const rows = stretches.map((phase) =>
      row(record, all, { ...phase, fromNs: seen(phase.fromNs), toNs: seen(phase.toNs) }),
    )
    const sending = rows.filter(({ sent }) => sent > 0)
    return sending.filter(({ phase, lost }) => phase !== 'before' || lost > 0 || sending.length === 1)
  })
}
