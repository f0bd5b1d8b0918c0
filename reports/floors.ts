// The noise floor of a run: what the instrument saw on this machine while no fault was in force. Printed with
// every result, for no result is finer than that.

import type { Direction, Event } from '../lab/events.ts'
import { type Floor, floorOf, leastOutageNs, SHORT_CONTROL_NS } from '../lab/measures/floor.ts'
import { human } from '../lab/time.ts'
import { type Flat, ms } from './flat.ts'
import { type Way, waysOf } from './measures.ts'

/** Of one direction of a flow, or of the flow of a stream where it was highest. */
export type FloorRow = {
  readonly flow: string
  readonly direction: Direction
  readonly figures: Flat
} & ({ readonly control: Control } | { readonly because: string })

export type Control = {
  readonly lengthNs: number
  /** Less than the 5 s that RFC 6412 asks of a validation: what is rare was perhaps not seen. */
  readonly short: boolean
  readonly longestGapNs: number
  /** An outage shorter than this cannot be told from nothing. */
  readonly leastOutageNs: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
  readonly delayP99Ns: number
  readonly delayMaxNs: number
}

const most = (floors: readonly Floor[], of: (floor: Floor) => number) => Math.max(0, ...floors.map(of))
const sum = (floors: readonly Floor[], of: (floor: Floor) => number) => floors.reduce((all, each) => all + of(each), 0)

function controlOf(floors: readonly Floor[]): Control {
  const lengthNs = Math.min(...floors.map((floor) => floor.lengthNs))
  return {
    lengthNs,
    short: lengthNs < SHORT_CONTROL_NS,
    longestGapNs: most(floors, ({ longestGapNs }) => longestGapNs),
    leastOutageNs: most(floors, leastOutageNs),
    lost: sum(floors, ({ lost }) => lost),
    duplicated: sum(floors, ({ duplicated }) => duplicated),
    reordered: sum(floors, ({ reordered }) => reordered),
    delayP99Ns: most(floors, ({ delay }) => delay?.p99 ?? 0),
    delayMaxNs: most(floors, ({ delay }) => delay?.max ?? 0),
  }
}

const figures = (control: Control): Flat => ({
  control_run_ms: ms(control.lengthNs),
  longest_gap_ms: ms(control.longestGapNs),
  least_outage_ms: ms(control.leastOutageNs),
  lost_packets: control.lost,
  duplicated_packets: control.duplicated,
  reordered_packets: control.reordered,
  one_way_delay_p99_ms: ms(control.delayP99Ns),
  one_way_delay_max_ms: ms(control.delayMaxNs),
})

function floorRow(events: readonly Event[], { name, direction, records }: Way): FloorRow {
  const about = { flow: name, direction }
  const floors: Floor[] = []
  for (const record of records) {
    const floor = floorOf({ events }, record)
    if (typeof floor === 'string') return { ...about, because: floor, figures: {} }
    floors.push(floor)
  }
  const control = controlOf(floors)
  return { ...about, control, figures: figures(control) }
}

export const floorsOf = (events: readonly Event[]): FloorRow[] => waysOf(events).map((way) => floorRow(events, way))

/** The worst of all flows in one: what holds for each of them. */
export function highest(rows: readonly FloorRow[]): Control | undefined {
  const all = rows.flatMap((row) => ('control' in row ? [row.control] : []))
  if (all.length === 0) return undefined
  const worst = (of: (control: Control) => number) => Math.max(...all.map(of))
  const lengthNs = Math.min(...all.map((control) => control.lengthNs))
  return {
    lengthNs,
    short: lengthNs < SHORT_CONTROL_NS,
    longestGapNs: worst(({ longestGapNs }) => longestGapNs),
    leastOutageNs: worst((control) => control.leastOutageNs),
    lost: worst(({ lost }) => lost),
    duplicated: worst(({ duplicated }) => duplicated),
    reordered: worst(({ reordered }) => reordered),
    delayP99Ns: worst(({ delayP99Ns }) => delayP99Ns),
    delayMaxNs: worst(({ delayMaxNs }) => delayMaxNs),
  }
}

/** 'gaps up to 8.0ms, 0 lost, 0 duplicated, 0 reordered, delay p99 2.1ms max 9.0ms' */
export const floorText = (control: Control): string =>
  [
    `gaps up to ${human(control.longestGapNs)}`,
    `${control.lost} lost, ${control.duplicated} duplicated, ${control.reordered} reordered`,
    `one-way delay p99 ${human(control.delayP99Ns)} max ${human(control.delayMaxNs)}`,
  ].join(', ')

/** '5.20s', '2.10s (short)' */
export const lengthText = ({ lengthNs, short }: Control): string => `${human(lengthNs)}${short ? ' (short)' : ''}`
