// Where the time of a run went, by what its history tells. Each instant counts once.

import type { Event } from '../../lab/events.ts'

export const SPENT = ['ending', 'bringUp', 'faults', 'waiting', 'measuring'] as const

/**
 * Nanoseconds. `faults`: until they show and until all serves again; `waiting`: for facts of the story;
 * `measuring`: the rest, streams that are started and drained, exchanges, claims that are judged.
 */
export type Spent = Readonly<Record<(typeof SPENT)[number], number>>

type Span = readonly [fromNs: number, toNs: number]

/** Spans in order, none touching another. */
function union(spans: readonly Span[]): Span[] {
  const merged: [number, number][] = []
  for (const [from, to] of spans.filter(([a, b]) => b > a).sort(([a], [b]) => a - b)) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

const length = (spans: readonly Span[]) => union(spans).reduce((ns, [from, to]) => ns + to - from, 0)

/** The step of this name; without it, an empty span. The lab's last word tells how long its end took. */
const acts = (events: readonly Event[], is: (text: string) => boolean): Span[] =>
  events.flatMap((event) =>
    event.kind === 'act' && is(event.text) ? [[event.atNs - (event.tookNs ?? 0), event.atNs] as const] : [],
  )

const BEGINS = { planned: ['effective', 'applied'], applied: ['effective'], healing: ['gone', 'healed'] } as const

/** A fault takes time from when it is asked for until it shows, and from when it is healed until all serves again. */
function strikes(events: readonly Event[]): Span[] {
  const faults = events.filter((event) => event.kind === 'fault')
  return faults.flatMap(({ fault, phase, atNs }, i) => {
    const ends: readonly string[] = BEGINS[phase as keyof typeof BEGINS] ?? []
    const later = faults.slice(i + 1).filter((other) => other.fault === fault)
    const end = ends.flatMap((wanted) => later.find((other) => other.phase === wanted) ?? [])[0]
    return end ? [[atNs, end.atNs] as const] : []
  })
}

/** Of a history that is complete. */
export function spentOf(events: readonly Event[]): Spent {
  const lastNs = events.reduce((last, { atNs }) => Math.max(last, atNs), 0)
  const ready = acts(events, (text) => text === 'ready' || text === 'noted as new').at(-1)
  const layers: Readonly<Record<(typeof SPENT)[number], readonly Span[]>> = {
    // A lab that never was ready was brought up all the time.
    bringUp: [[0, ready?.[1] ?? lastNs]],
    ending: acts(events, (text) => /^(ended|stopped|left standing|evidence kept)\b/.test(text)),
    faults: strikes(events),
    waiting: events.flatMap((event) =>
      event.kind === 'waited' ? [[event.atNs - event.tookNs, event.atNs] as const] : [],
    ),
    measuring: [[0, lastNs]],
  }
  const spent: Record<string, number> = {}
  const counted: Span[] = []
  for (const name of SPENT) {
    const before = length(counted)
    counted.push(...layers[name].map(([from, to]) => [Math.max(0, from), Math.min(lastNs, to)] as const))
    spent[name] = length(counted) - before
  }
  return spent as Spent
}
