// What metrics showed in a stretch of a run.

import { limitOf, type Value } from '../lab/conditions/metric.ts'
import { ScenarioError } from '../lab/errors.ts'
import { type History, ofKind } from '../lab/history.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import type { Named, Window } from '../lab/loss/window.ts'
import type { Asks } from '../lab/monitor/ask.ts'
import { askable, type Series, type SeriesEvent, seriesName } from '../lab/monitor/series.ts'
import { human } from '../lab/time.ts'
import { type Check, type Part, together } from './verdict.ts'

/** Where a claim looks: at one stretch, or at the whole run. */
export type Stretch = { readonly during?: Named; readonly after?: Named; readonly before?: Named }

export type Metric = Stretch &
  Value & {
    /** What it has come to at the end of the stretch, whatever it was on the way. */
    readonly becomes?: number
    /** From the stretch's begin to its end, by so much at least. */
    readonly risesBy?: number
    readonly fallsBy?: number
  }

/** A claim that asks Prometheus: hand it to `ask` before `verify`. */
export type MetricCheck = Check & Asks

/** ' during death of nat-gw-a-1'. Throws ScenarioError for several. */
export function phrase(stretch: Stretch): string {
  const given = Object.entries(stretch).filter(([, named]) => named !== undefined)
  if (given.length > 1) throw new ScenarioError('a claim on a metric speaks of one stretch: during, after or before')
  const [word, named] = given[0] ?? []
  return word ? ` ${word} ${(named as Named).name}` : ''
}

/**
 * The instants whose values belong to a stretch; or why that cannot be told. A value stands for up to a scrape's
 * interval before it, so the first of a stretch is told one interval after the fault took hold, or let go.
 */
export function windowOf(history: History, stretch: Stretch, scrapeNs: number): Window | string {
  const named = stretch.during ?? stretch.after ?? stretch.before
  if (!named) return { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
  const struck = strikeOf(history, named)
  if (typeof struck === 'string') return struck
  const { applied, healed } = struck
  if (stretch.before) return { fromNs: Number.NEGATIVE_INFINITY, toNs: applied.fromNs }
  if (stretch.during) return { fromNs: applied.toNs + scrapeNs, toNs: healed?.beganNs ?? Number.POSITIVE_INFINITY }
  if (!healed) return `${named.name} was never healed`
  return { fromNs: healed.letGo.toNs + scrapeNs, toNs: Number.POSITIVE_INFINITY }
}

/** The last instant of a stretch. Nothing for one that is not over. */
function lastOf(history: History, stretch: Stretch): number | undefined {
  const window = windowOf(history, stretch, 0)
  if (typeof window === 'string' || window.toNs === Number.POSITIVE_INFINITY) return undefined
  return askable(history, window.toNs - 1)
}

/** What was asked last, for the whole run or up to that instant at least; or why that cannot be told. */
export function answerTo(history: History, query: string, endNs?: number): SeriesEvent | string {
  const answers = ofKind(history, 'series').filter((event) => event.query === query)
  return (
    (endNs === undefined ? undefined : answers.findLast(({ toNs }) => toNs === endNs)) ??
    answers.findLast(({ endsWithStretch }) => !endsWithStretch) ??
    'Prometheus was not asked; ask(lab, claims) comes before verify'
  )
}

type Point = Series['points'][number]

const within = ({ points }: Series, { fromNs, toNs }: Window): readonly Point[] =>
  points.filter(([atNs]) => atNs >= fromNs && atNs < toNs)

/** Of a Unix time all of its seconds. */
const shown = (value: number): string =>
  String(Math.abs(value) < 1e6 ? Number(value.toPrecision(6)) : Math.round(value))

/** Instants of the stretch that were asked for and have no value. */
function missing({ fromNs, toNs, stepNs }: SeriesEvent, window: Window, told: number): number {
  const first = Math.ceil((Math.max(fromNs, window.fromNs) - fromNs) / stepNs)
  const last = Math.ceil((Math.min(toNs + 1, window.toNs) - fromNs) / stepNs) - 1
  return Math.max(0, last - first + 1 - told)
}

type Judged = {
  readonly says: string
  /** `sureNs`: a value told for then or later is of the stretch, and not of what was before it. */
  readonly judge: (points: readonly Point[], gaps: number, sureNs: number) => Part
}

const gapsIn = (gaps: number, points: readonly Point[]) => `no value at ${gaps} of ${gaps + points.length} instants`

/** Of every value in the stretch. */
function every(value: Value): Judged {
  const { says, keeps } = limitOf(value)
  return {
    says,
    judge: (points, gaps) => {
      const values = points.map(([, each]) => each)
      const text = `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`
      if (!values.every(keeps)) return { is: 'broken', text }
      return gaps > 0 ? { is: 'undecided', text: `${gapsIn(gaps, points)}, else ${text}` } : { is: 'upheld', text }
    },
  }
}

/**
 * A scrape bears the time at which it began, and tells of when it ended: where that may have been after the stretch,
 * the value before the last counts as well; where that may be of before the stretch, it is undecided.
 */
function coming(to: number, { during, before }: Stretch): Judged {
  return {
    says: `becomes ${to}`,
    judge: (all, _, sureNs) => {
      const earlier = all.at(-2)
      const straddles = (during ?? before) && all.at(-1)?.[1] !== to && earlier?.[1] === to
      if (straddles && earlier[0] < sureNs)
        return {
          is: 'undecided',
          text: `${shown(all.at(-1)?.[1] ?? Number.NaN)} in the only scrape, which may have ended after it`,
        }
      const points = straddles ? all.slice(0, -1) : all
      const last = points.at(-1)?.[1] ?? Number.NaN
      const since = points[points.findLastIndex(([, value]) => value !== to) + 1]
      const from = points[0]?.[0] ?? 0
      if (last !== to || !since) return { is: 'broken', text: `${shown(last)} in the end` }
      return { is: 'upheld', text: `${to} from ${human(since[0] - from)} into it on` }
    },
  }
}

function changing(by: number, word: 'rises' | 'falls'): Judged {
  return {
    says: `${word} by at least ${by}`,
    judge: (points) => {
      const [first = 0, last = 0] = [points[0]?.[1], points.at(-1)?.[1]]
      const change = word === 'rises' ? last - first : first - last
      if (points.length < 2) return { is: 'undecided', text: 'one value is no change' }
      return { is: change >= by ? 'upheld' : 'broken', text: `${shown(first)} to ${shown(last)}` }
    },
  }
}

/** Throws ScenarioError for none of the claims, or several. */
function judgeOf({ becomes, risesBy, fallsBy, is, atLeast, atMost, ...stretch }: Metric): Judged {
  const others = [becomes, risesBy, fallsBy].filter((each) => each !== undefined).length
  const limits = [is, atLeast, atMost].filter((each) => each !== undefined).length
  if (others + limits !== 1)
    throw new ScenarioError(
      `a metric is claimed one thing: is, atLeast, atMost, becomes, risesBy or fallsBy; ${others + limits} were given`,
    )
  if (becomes !== undefined) return coming(becomes, stretch)
  if (risesBy !== undefined) return changing(risesBy, 'rises')
  if (fallsBy !== undefined) return changing(fallsBy, 'falls')
  return every({
    ...(is !== undefined && { is }),
    ...(atLeast !== undefined && { atLeast }),
    ...(atMost !== undefined && { atMost }),
  })
}

/**
 * What a query in PromQL gives over a stretch of the run. `is`, `atLeast`, `atMost`: every value of every series that
 * it returns, so that seconds without one leave it undecided; `becomes`: the last value. Known to a scrape, 1 s.
 * No series is no evidence. Throws ScenarioError for none of the claims, or several, and for two stretches at once.
 */
export function metric(query: string, claimed: Metric): MetricCheck {
  const { during, after, before } = claimed
  const stretch = { ...(during && { during }), ...(after && { after }), ...(before && { before }) }
  const { says, judge } = judgeOf(claimed)
  const subject = `${query}${phrase(stretch)}`
  const claim = `${subject} ${says}`
  return {
    claim,
    asks: query,
    upTo: (history) => lastOf(history, stretch),
    judge: (history) => {
      const answer = answerTo(history, query, lastOf(history, stretch))
      if (typeof answer === 'string') return { is: 'undecided', because: `${claim}: ${answer}` }
      // What it has come to counts from when the fault took hold, or let go: the last value is what is judged.
      const window = windowOf(history, stretch, claimed.becomes === undefined ? answer.stepNs : 0)
      const sure = windowOf(history, stretch, answer.stepNs)
      if (typeof window === 'string' || typeof sure === 'string')
        return { is: 'undecided', because: `${claim}: ${typeof window === 'string' ? window : sure}` }
      const parts = answer.series.flatMap((series): Part[] => {
        const points = within(series, window)
        if (points.length === 0) return []
        const part = judge(points, missing(answer, window, points.length), sure.fromNs)
        return [{ ...part, text: `${seriesName(series.labels)} ${part.text}, each ${human(answer.stepNs)}` }]
      })
      return together({ claim, subject, parts, evidence: [] })
    },
  }
}
