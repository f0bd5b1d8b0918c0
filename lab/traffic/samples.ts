// Which samples of a flow speak of a stretch of time, and whether they speak of all of it.

import type { Event } from '../events.ts'
import { type History, ofKind } from '../history.ts'
import type { When } from '../loss/stretch.ts'
import { strikeOf } from '../loss/strike.ts'
import type { Named, Window } from '../loss/window.ts'
import { human } from '../time.ts'
import type { TrafficEvent } from './events.ts'

type Told = Pick<History, 'events'>
type Span = { readonly fromNs: number; readonly toNs: number }

/** Samples come once a second; one that is further away than this is missing. */
const LATE_NS = 2.5e9

/** The flows of real traffic that bear this name, or are part of what bears it, each as it was started last. */
export const flowsOf = (history: Told, { name }: Named): TrafficEvent[] => [
  ...new Map(
    ofKind(history, 'traffic')
      .filter(({ phase, flow, of }) => phase === 'started' && (flow === name || of === name))
      .map((event) => [event.flow, event]),
  ).values(),
]

/**
 * A stretch of a run for samples of a second each. One that reaches over an edge belongs to the side on which
 * a fault was in force: what was sent while it was must not count as from before or after.
 */
export type Stretch = Window & {
  /** Whether it takes the samples that reach over its edges; it does unless told. */
  readonly takesFirst?: boolean
  readonly takesLast?: boolean
}

/** The stretch of a claim, by the instants of its fault; or why it cannot be told. */
export function windowOf(history: Told, { during, after }: When): Stretch | string {
  const named = during ?? after
  if (!named) return { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
  const strike = strikeOf(history, named)
  if (typeof strike === 'string') return strike
  const healedNs = strike.healed?.beganNs
  if (during) return { fromNs: strike.applied.fromNs, toNs: healedNs ?? Number.POSITIVE_INFINITY }
  if (healedNs === undefined) return `${named.name} was never healed`
  return { fromNs: healedNs, toNs: Number.POSITIVE_INFINITY, takesFirst: false }
}

/** The samples of a stretch. */
export const samplesIn = <S extends Span>(
  samples: readonly S[],
  { fromNs, toNs, takesFirst = true, takesLast = true }: Stretch,
): S[] =>
  samples.filter(
    (sample) =>
      (takesFirst ? sample.toNs > fromNs : sample.fromNs >= fromNs) &&
      (takesLast ? sample.fromNs < toNs : sample.toNs <= toNs),
  )

/** From what its generator told first, once it had started, to when it was stopped, or the history ends. */
function life(history: Told, { flow, atNs }: Event & TrafficEvent, samples: readonly Span[]): Window {
  const stopped = ofKind(history, 'traffic').findLast((event) => event.flow === flow && event.phase === 'stopped')
  return {
    fromNs: samples[0]?.fromNs ?? atNs,
    toNs: stopped && stopped.atNs > atNs ? stopped.atNs : (history.events.at(-1)?.atNs ?? atNs),
  }
}

/** What is not told of a flow's part in a window: from when to when samples are missing. Nothing if none are. */
export function silence(
  history: Told,
  flow: Event & TrafficEvent,
  samples: readonly Span[],
  window: Stretch,
): string | undefined {
  const lived = life(history, flow, samples)
  const fromNs = Math.max(window.fromNs, lived.fromNs)
  const toNs = Math.min(window.toNs, lived.toNs - (flow.toldAfterNs ?? 0))
  const told = samplesIn(samples, window).map((sample) => sample.toNs)
  const edges = [fromNs, ...told, Math.max(toNs, told.at(-1) ?? toNs)]
  const gap = edges.findIndex((edge, i) => i > 0 && edge - (edges[i - 1] ?? 0) > LATE_NS)
  if (gap < 0) return undefined
  const ended = ofKind(history, 'traffic-ended').find((event) => event.flow === flow.flow && event.why !== '')
  const why = ended ? `: its ${ended.side} ended, ${ended.why}` : ''
  return `told nothing from +${human(edges[gap - 1] ?? 0)} to +${human(edges[gap] ?? 0)}${why}`
}
