// Many flows of one stream, told as one: the worst of them by name, and how the others did.

import type { Direction, FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { type Named, recordsOf } from '../lab/loss/window.ts'
import type { Part } from './verdict.ts'

/** The part of one flow, and the figure by which the flows of a stream compare. */
export type FlowPart = Part & { readonly figure?: number }

const SEVERITY = { upheld: 0, undecided: 1, broken: 2 } as const

/** '#3' of 'probe vpc-a-web-1 → internet #3'. */
export const shortName = ({ flow, of }: Pick<FlowRecord, 'flow' | 'of'>): string =>
  of !== undefined && flow.startsWith(`${of} `) ? flow.slice(of.length + 1) : flow

const spread = (figures: readonly number[], show: (figure: number) => string): string => {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (share: number) => show(sorted[Math.ceil(share * (sorted.length - 1))] ?? 0)
  return `; min ${at(0)}, median ${at(0.5)}, max ${at(1)}`
}

type NamedPart = { readonly name: string; readonly part: FlowPart }
type Compare = {
  /** How a figure is written. */
  readonly show: (figure: number) => string
  /** Which of two figures is the worse one, 'more' by default. */
  readonly worse?: 'more' | 'less'
}

/** One part of several, with all their measures. */
export function worstOf(flows: readonly NamedPart[], { show, worse = 'more' }: Compare): Part {
  const badness = ({ part: { figure = 0 } }: NamedPart) => (worse === 'more' ? figure : -figure)
  const [worst] = flows.toSorted((a, b) => SEVERITY[b.part.is] - SEVERITY[a.part.is] || badness(b) - badness(a) || 0)
  if (!worst) return { is: 'undecided', text: 'left no record' }
  if (flows.length === 1) return worst.part
  const { is, text } = worst.part
  const alike = flows.filter(({ part }) => part.is === is).length
  const figures = flows.flatMap(({ part }) => (part.figure === undefined ? [] : [part.figure]))
  const share = is === 'upheld' ? `${flows.length} flows` : `${alike} of ${flows.length} flows ${is}`
  return {
    is,
    text: `${share}, worst ${worst.name} ${text}${figures.length > 1 ? spread(figures, show) : ''}`,
    measures: flows.flatMap(({ part }) => part.measures ?? []),
  }
}

export type EachFlow = Compare & {
  readonly of: readonly Named[]
  readonly directions: readonly Direction[]
  readonly judge: (record: FlowRecord) => FlowPart
}

/** Flows that were started and left no record in this direction: of them nothing is known. */
function unrecorded(history: History, { name }: Named, records: readonly FlowRecord[]): NamedPart[] {
  const started = ofKind(history, 'flow').filter(
    ({ phase, flow, of }) => phase === 'started' && (flow === name || of === name),
  )
  const lacking = new Map(started.map((event) => [event.flow, event]))
  for (const { flow } of records) lacking.delete(flow)
  return [...lacking.values()].map((event) => ({
    name: shortName(event),
    part: { is: 'undecided', text: 'left no record' },
  }))
}

/** A part for each of these flows or streams and each direction, judged flow by flow. */
export function eachFlow(history: History, { of, directions, judge, ...compare }: EachFlow): Part[] {
  return of.flatMap((named) =>
    directions.map((direction): Part => {
      const records = recordsOf(history, named, direction)
      const judged = records.map((record) => ({ name: shortName(record), part: judge(record) }))
      const part = worstOf([...judged, ...unrecorded(history, named, records)], compare)
      return { ...part, text: `${of.length > 1 ? `${named.name} ` : ''}${direction} ${part.text}` }
    }),
  )
}

/** Flows that say the same, told once: 'through nat-gw-a-1 (12 of 16 flows)'. */
export function alike(parts: readonly Part[]): Part[] {
  const groups = [...Map.groupBy(parts, ({ is, text }) => `${is} ${text}`).values()]
  return groups.flatMap(([first, ...more]) => {
    if (!first || parts.length === 1) return first ?? []
    const count = 1 + more.length
    return { ...first, text: `${first.text} (${count === parts.length ? '' : `${count} of `}${parts.length} flows)` }
  })
}
