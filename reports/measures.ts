// What each flow lost, per direction and phase. Pure: the same history always gives the same numbers,
// and where a claim spoke of a phase, the claim's.

import type { Direction, Event, FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { type Connectivity, connectivityIn, instants } from '../lab/loss/connectivity.ts'
import { type Span as Estimate, middle } from '../lab/loss/loss-period.ts'
import { type Phase, phases, stretchIn } from '../lab/loss/phase.ts'
import type { Stretch } from '../lab/loss/stretch.ts'
import { faultWindows } from '../lab/loss/strike.ts'
import type { Span } from './describe.ts'

/** One row of the measures table. Times count from the instant that its phase does. */
export type Row = {
  readonly flow: string
  readonly direction: Direction
  /** 'during death of nat-gw-a-1' */
  readonly phase: string
  readonly sent: number
  /** In these periods: of one that outlasts the phase, all. */
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

const known = ({ estimateNs, boundNs }: Estimate): Span => ({ ns: estimateNs, boundNs, open: false })

function outageOf({ outageNs, boundNs, lowNs, highNs }: Connectivity): Span {
  if (!Number.isFinite(outageNs)) return { ns: lowNs, boundNs: 0, open: true }
  return { ...known({ estimateNs: outageNs, boundNs }), ...(highNs > outageNs + boundNs && { highNs }) }
}

/** Until when at least it was lost, where no end was seen. */
function notBack({ periods }: Connectivity, { fault }: Stretch): Span | undefined {
  const ends = periods.at(-1)?.ends
  if (!fault || ends?.toNs !== Number.POSITIVE_INFINITY) return undefined
  return { ns: ends.fromNs - middle(fault.origin), boundNs: 0, open: true }
}

/** A phase as one direction of a flow went through it, and the history that tells of it. */
type Part = { readonly history: Pick<History, 'events'>; readonly record: FlowRecord; readonly phase: Phase }

function rowOf({ history, record, phase }: Part): Row {
  const stretch = stretchIn(phase, record)
  const seen = connectivityIn(history, record, stretch)
  const { firstImpaired, recovery } = instants(seen, stretch)
  const recovered = recovery ? known(recovery) : notBack(seen, stretch)
  return {
    flow: record.flow,
    direction: record.direction,
    phase: phase.name,
    sent: seen.probes,
    lost: seen.lost,
    periods: seen.periods.length,
    ...(seen.periods.length > 0 && { outage: outageOf(seen) }),
    ...(firstImpaired && { impaired: known(firstImpaired) }),
    ...(recovered && { recovered }),
  }
}

function partsOf(events: readonly Event[]): Part[] {
  const all = phases(faultWindows(events))
  return finalRecords(events).flatMap((record) => all.map((phase) => ({ history: { events }, record, phase })))
}

const isSame = (a: Part) => (b: Part) =>
  a.record.flow === b.record.flow &&
  a.record.direction === b.record.direction &&
  a.phase.name === b.phase.name &&
  a.phase.fromNs === b.phase.fromNs

/**
 * A row for each flow, direction and phase in which it sent. Of the time before the first fault only
 * losses are told. What claims were judged by is measured as it stood then: a run goes on until its lab
 * has ended, and the last records tell of that too.
 */
export function measures(events: readonly Event[]): Row[] {
  const judged = partsOf(events.slice(0, events.findLastIndex(({ kind }) => kind === 'verdict') + 1))
  const rows = partsOf(events).flatMap((part) => {
    const tellings = [judged.find(isSame(part)), part].filter((telling) => telling !== undefined)
    return tellings.map(rowOf).find(({ sent }) => sent > 0) ?? []
  })
  const ways = Map.groupBy(rows, ({ flow, direction }) => `${flow} ${direction}`)
  return [...ways.values()].flatMap((way) =>
    way.filter(({ phase, lost }) => phase !== 'before' || lost > 0 || way.length === 1),
  )
}
