// How long answers may take.

import { ScenarioError } from '../lab/errors.ts'
import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { PRECISION } from '../lab/traffic/histogram.ts'
import { type Latencies, latencies, requestsOf } from '../lab/traffic/requests.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check, Part } from './verdict.ts'

/** Limits of quantiles, one at least. */
export type Latency = When & {
  readonly of: Named | readonly Named[]
} & { readonly [Q in keyof Latencies]?: Duration }

const QUANTILES = ['p50', 'p90', 'p99', 'max'] as const

/** A quantile is its bucket's end: the truth lies up to 2.2 % below. The longest is exact. */
function judgeOne(q: keyof Latencies, ns: number, limit: Duration): Part['is'] {
  if (ns <= toNs(limit)) return 'upheld'
  return ns / (q === 'max' ? 1 : 1 + PRECISION) > toNs(limit) ? 'broken' : 'undecided'
}

/**
 * Answers take at most this long, by quantile; of those that came: what has no answer is an error and no
 * latency. Throws ScenarioError where no limit is given, or one that is no duration.
 */
export function latency({ of, p50, p90, p99, max, during, after }: Latency): Check {
  const limits = Object.entries({ p50, p90, p99, max }).filter((each): each is [keyof Latencies, Duration] =>
    Boolean(each[1]),
  )
  if (limits.length === 0) throw new ScenarioError(`latency was given no limit; there are ${QUANTILES.join(', ')}`)
  for (const [, limit] of limits) toNs(limit)
  return claimOf({
    subject: 'latency',
    limit: limits.map(([q, limit]) => `${q} at most ${limit}`).join(' and '),
    of,
    when: { ...(during && { during }), ...(after && { after }) },
    about: ['http', 'icmp', 'sessions'],
    judge: ({ flow, samples }) => {
      const seen = latencies(requestsOf(samples))
      if (!seen) return { is: 'undecided', text: 'saw no answer' }
      const verdicts = limits.map(([q, limit]) => judgeOne(q, seen[q], limit))
      return {
        is: (['broken', 'undecided'] as const).find((is) => verdicts.includes(is)) ?? 'upheld',
        text: QUANTILES.map((q) => `${q} ${human(seen[q])}`).join(' '),
        measures: QUANTILES.map((q) => ({
          ...measure(flow.flow, `response_time_${q}`, seen[q], 'ns'),
          ...(q !== 'max' && { resolution: seen[q] * PRECISION }),
        })),
      }
    },
  })
}
