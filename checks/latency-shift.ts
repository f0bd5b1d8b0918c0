// By how much answers take longer under a fault than before it.

import { ofKind } from '../lab/history.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { PRECISION } from '../lab/traffic/histogram.ts'
import { latencies, requestsOf } from '../lab/traffic/requests.ts'
import { samplesIn } from '../lab/traffic/samples.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check, Part } from './verdict.ts'

export type LatencyShift = {
  readonly of: Named | readonly Named[]
  readonly during: Named
  /** What the median of the answers' latency rises by, … */
  readonly by: Duration
  /** … give or take so much. */
  readonly within: Duration
}

/** A second that began before the fault, or ended after it, tells of both. */
const WHOLE = { takesFirst: false, takesLast: false }

/** Apart by this much for certain, by so much at most: a median is known to its bucket, and the truth lies below. */
function judge(shiftNs: number, finerNs: number, byNs: number, withinNs: number): Part['is'] {
  const off = [shiftNs - finerNs, shiftNs].map((ns) => Math.abs(ns - byNs))
  if (off.every((ns) => ns <= withinNs)) return 'upheld'
  return off.every((ns) => ns > withinNs) ? 'broken' : 'undecided'
}

/**
 * The median latency of answers rises by this much, from before the fault to its time. Throws ScenarioError for what
 * is no duration.
 */
export function latencyShift({ of, during, by, within }: LatencyShift): Check {
  const [byNs, withinNs] = [toNs(by), toNs(within)]
  return claimOf({
    subject: 'latency shift',
    limit: `${by} ± ${within}`,
    of,
    when: { during },
    about: ['http', 'icmp', 'sessions'],
    judge: ({ history, flow, window, samples }) => {
      const strike = strikeOf(history, during)
      if (typeof strike === 'string') return { is: 'undecided', text: strike }
      const mine = ofKind(history, 'traffic-sample').filter((sample) => sample.flow === flow.flow)
      const earlier = { fromNs: Number.NEGATIVE_INFINITY, toNs: strike.applied.fromNs, takesLast: false }
      const before = latencies(requestsOf(samplesIn(mine, earlier)))
      const now = latencies(requestsOf(samplesIn(samples, { ...window, ...WHOLE })))
      if (!before || !now)
        return { is: 'undecided', text: `saw no answer ${before ? 'during' : 'before'} ${during.name}` }
      const shiftNs = now.p50 - before.p50
      return {
        is: judge(shiftNs, (now.p50 * PRECISION) / (1 + PRECISION), byNs, withinNs),
        text: `${human(shiftNs)} (median ${human(before.p50)} before, ${human(now.p50)} during)`,
        measures: [{ ...measure(flow.flow, 'response_time_shift', shiftNs, 'ns'), resolution: now.p50 * PRECISION }],
      }
    },
  })
}
