// What each flow or stream went through, per direction and phase. Pure: the same history always gives the same
// numbers, and where a claim spoke of a phase, the claim's.

import type { Direction, Event, FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import type { Connectivity } from '../lab/loss/connectivity.ts'
import { type Span as Estimate, middle } from '../lab/loss/loss-period.ts'
import { type Phase, phases, stretchIn } from '../lab/loss/phase.ts'
import type { Stretch } from '../lab/loss/stretch.ts'
import { faultWindows } from '../lab/loss/strike.ts'
import { figuresOf } from '../lab/measures/figures.ts'
import { type Result, resultOf } from '../lab/measures/result.ts'
import type { Span } from './describe.ts'
import { type Flat, flat } from './flat.ts'

/** One row of the measures table. Times count from the instant that its phase does. */
export type Row = Omit<Result, 'connectivity' | 'instants' | 'connectivityLoss' | 'lossPeriods'> & {
  /** A flow, or the stream of several: its counts are those of all, its times of the one that was cut off longest. */
  readonly flow: string
  readonly direction: Direction
  /** 'during death of nat-gw-a-1' */
  readonly phase: string
  /** The fault that took hold or let go; none before the first. */
  readonly fault?: string
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
  /** All of it for machines, by the field's names, units in them. */
  readonly figures: Flat
}

/** The records that stand at the end of a run: the last of each flow and direction. */
export function finalRecords(events: readonly Event[]): FlowRecord[] {
  const byWay = new Map(
    ofKind({ events }, 'flow-record').map((record) => [`${record.flow} ${record.direction}`, record]),
  )
  return [...byWay.values()]
}

/** Records of one direction of a flow, or of all flows of a stream. */
export type Way = { readonly name: string; readonly direction: Direction; readonly records: readonly FlowRecord[] }

export function waysOf(events: readonly Event[]): Way[] {
  const groups = Map.groupBy(finalRecords(events), ({ flow, of = flow, direction }) => `${of} ${direction}`)
  return [...groups.values()].flatMap((records) => {
    const [first] = records
    return first ? [{ name: first.of ?? first.flow, direction: first.direction, records }] : []
  })
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

/** A phase as one way went through it, and the history that tells of it. */
type Part = { readonly history: Pick<History, 'events'>; readonly way: Way; readonly phase: Phase }

function rowOf({ history, way, phase }: Part): Row | undefined {
  const parts = way.records.map((record) => ({ record, stretch: stretchIn(phase, record) }))
  const result = resultOf(history, parts)
  const stretch = parts[0]?.stretch
  if (!result || !stretch) return undefined
  const { connectivity, instants, connectivityLoss, lossPeriods, ...rest } = result
  const { firstImpaired, recovery } = instants
  const recovered = recovery ? known(recovery) : notBack(connectivity, stretch)
  return {
    flow: way.name,
    direction: way.direction,
    phase: phase.name,
    ...(stretch.fault && { fault: stretch.fault.name }),
    ...rest,
    sent: result.counts.sent,
    lost: connectivityLoss,
    periods: lossPeriods,
    ...(connectivity.periods.length > 0 && { outage: outageOf(connectivity) }),
    ...(firstImpaired && { impaired: known(firstImpaired) }),
    ...(recovered && { recovered }),
    figures: flat(figuresOf(result)),
  }
}

function partsOf(events: readonly Event[]): Part[] {
  const all = phases(faultWindows(events))
  return waysOf(events).flatMap((way) => all.map((phase) => ({ history: { events }, way, phase })))
}

const isSame = (a: Part) => (b: Part) =>
  a.way.name === b.way.name &&
  a.way.direction === b.way.direction &&
  a.phase.name === b.phase.name &&
  a.phase.fromNs === b.phase.fromNs

/**
 * A row for each way and phase in which it sent. Of the time before the first fault only losses are told:
 * the noise floor has the rest. What claims were judged by is measured as it stood then: a run goes on until
 * its lab has ended, and the last records tell of that too.
 */
export function measures(events: readonly Event[]): Row[] {
  const judged = partsOf(events.slice(0, events.findLastIndex(({ kind }) => kind === 'verdict') + 1))
  const rows = partsOf(events).flatMap((part) => {
    for (const telling of [judged.find(isSame(part)), part]) {
      const row = telling && rowOf(telling)
      if (row && row.sent > 0) return [row]
    }
    return []
  })
  const ways = Map.groupBy(rows, ({ flow, direction }) => `${flow} ${direction}`)
  return [...ways.values()].flatMap((way) =>
    way.filter(({ phase, lost }) => phase !== 'before' || lost > 0 || way.length === 1),
  )
}

/** Whether anything happened to it: a loss, or another way. */
export const eventful = ({ lost, outage, switchover }: Row): boolean =>
  lost > 0 || outage !== undefined || switchover !== undefined
