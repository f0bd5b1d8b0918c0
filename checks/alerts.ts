// Whether an operator would have been paged, and from when until when.

import { type History, ofKind } from '../lab/history.ts'
import { faultWindows, strikeOf } from '../lab/loss/strike.ts'
import type { Named } from '../lab/loss/window.ts'
import { type AlertOf, alertName, firingQuery } from '../lab/monitor/firing.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { answerTo, type MetricCheck } from './metric.ts'

type Told = {
  /** [ns, how many series fire], one for each second of the run. */
  readonly points: readonly (readonly [atNs: number, firing: number])[]
  readonly stepNs: number
}

/** What Prometheus told of the alert; or why that cannot be told. */
function told(history: History, query: string): Told | string {
  const answer = answerTo(history, query)
  if (typeof answer === 'string') return answer
  const points = answer.series[0]?.points ?? []
  return points.length > 0 ? { points, stepNs: answer.stepNs } : 'Prometheus told nothing of it'
}

type Outcome = { readonly is: 'upheld' | 'broken'; readonly text: string }
/** The outcome, or why there is none. */
type Judge = (told: Told, history: History) => Outcome | string

function check(claim: string, of: AlertOf, judge: Judge): MetricCheck {
  const asks = firingQuery(of)
  return {
    claim,
    asks,
    judge: (history) => {
      const seen = told(history, asks)
      const outcome = typeof seen === 'string' ? seen : judge(seen, history)
      if (typeof outcome === 'string') return { is: 'undecided', because: `${claim}: ${outcome}` }
      return outcome.is === 'upheld'
        ? { is: 'upheld', measured: `${claim}: ${outcome.text}` }
        : { is: 'broken', because: `${claim}, ${outcome.text}` }
    },
  }
}

const limit = (within: Duration | undefined) => (within ? ` within ${within}` : '')

/**
 * An alert that did not fire before a fault fires while it is in force, and within so long. Known to a scrape and an
 * evaluation, 1 s. Throws ScenarioError for an alert that no rule has.
 */
export function fires({ during, within, ...of }: AlertOf & { during: Named; within?: Duration }): MetricCheck {
  const mostNs = within === undefined ? Number.POSITIVE_INFINITY : toNs(within)
  return check(`${alertName(of)} fires during ${during.name}${limit(within)}`, of, ({ points, stepNs }, history) => {
    const strike = strikeOf(history, during)
    if (typeof strike === 'string') return strike
    // From the earliest that it can have struck: a fault of many parts takes its time.
    const window = { fromNs: strike.applied.fromNs, toNs: strike.healed?.beganNs ?? Number.POSITIVE_INFINITY }
    const before = points.findLast(([atNs]) => atNs < window.fromNs)
    if (!before) return `nothing is told from before ${during.name}`
    if (before[1] > 0) return { is: 'broken', text: 'it fired before' }
    const first = points.find(([atNs, firing]) => atNs >= window.fromNs && atNs < window.toNs && firing > 0)
    if (!first) return { is: 'broken', text: 'it did not' }
    const tookNs = first[0] - window.fromNs
    // It fired in the second before this value was told.
    const text = `after ${human(tookNs)} at most, told each ${human(stepNs)}`
    return { is: tookNs - stepNs <= mostNs ? 'upheld' : 'broken', text }
  })
}

/**
 * An alert that fired in a fault clears once it is healed, and within so long, and stays so until the end of the run.
 * Throws ScenarioError for an alert that no rule has.
 */
export function clears({ after, within, ...of }: AlertOf & { after: Named; within?: Duration }): MetricCheck {
  const mostNs = within === undefined ? Number.POSITIVE_INFINITY : toNs(within)
  return check(`${alertName(of)} clears after ${after.name}${limit(within)}`, of, ({ points, stepNs }, history) => {
    const strike = strikeOf(history, after)
    if (typeof strike === 'string') return strike
    if (!strike.healed) return `${after.name} was never healed`
    const [fromNs, letGoNs] = [strike.applied.fromNs, strike.healed.letGo.toNs]
    const last = points.findLastIndex(([atNs, firing]) => atNs >= fromNs && firing > 0)
    if (last < 0) return 'it had not fired'
    const cleared = points[last + 1]
    if (!cleared) return { is: 'broken', text: 'it still fired in the end' }
    const tookNs = Math.max(0, cleared[0] - letGoNs)
    const text = `after ${human(tookNs)} at most, told each ${human(stepNs)}`
    return { is: tookNs - stepNs <= mostNs ? 'upheld' : 'broken', text }
  })
}

/** Whoever comes up pages: what counts begins with the first fault, or where nothing is broken, when the lab was ready. */
const beganNs = (history: History): number =>
  faultWindows(history.events)[0]?.applied.fromNs ??
  ofKind(history, 'act').find(({ text }) => text === 'ready')?.atNs ??
  Number.NEGATIVE_INFINITY

/**
 * An alert, or those of its series with these labels, keeps quiet from the first fault to the end of the run, told for
 * each second of it; without a fault, from when the lab was ready. Throws ScenarioError for an alert that no rule has.
 */
export function quiet(of: AlertOf): MetricCheck {
  return check(`${alertName(of)} keeps quiet`, of, ({ points: all, stepNs }, history) => {
    const from = beganNs(history)
    const points = all.filter(([atNs]) => atNs >= from)
    const fired = points.find(([, firing]) => firing > 0)
    if (fired) return { is: 'broken', text: `it fired at ${human(fired[0])}` }
    const [first, last] = [points[0]?.[0], points.at(-1)?.[0]]
    if (first === undefined || last === undefined) return 'nothing is told of it'
    const missing = Math.round((last - first) / stepNs) + 1 - points.length
    return missing > 0
      ? `nothing is told of ${missing}s of the run`
      : { is: 'upheld', text: `over ${human(last - first)}` }
  })
}
