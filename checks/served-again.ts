// How long requests went on failing.

import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { kinds, requestsOf } from '../lab/traffic/requests.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check } from './verdict.ts'

export type ServedAgain = When & {
  /** Flows of http, icmp or sessions, or mixes of them. */
  readonly of: Named | readonly Named[]
  readonly within: Duration
}

/**
 * From so long after the strike or the heal on, no request ends in failure. Requests count when they end:
 * one that waits for its timeout is late by that. Known to the second, as samples are; where the limit lies
 * within the sample that failed last, the claim is undecided. Throws ScenarioError for no length of time.
 */
export function servedAgain({ of, within, ...when }: ServedAgain): Check {
  const limitNs = toNs(within)
  return claimOf({
    subject: 'time until served again',
    limit: `within ${within}`,
    of,
    when,
    about: ['http', 'icmp', 'sessions'],
    judge: ({ flow, samples, window }) => {
      const { failed, errors } = requestsOf(samples)
      const last = samples.findLast((sample) => requestsOf([sample]).failed > 0)
      const { answered } = requestsOf(samples.filter(({ fromNs }) => fromNs >= (last?.toNs ?? 0)))
      if (!last && answered > 0) return { is: 'upheld', text: `none of ${answered} ${flow.unit} failed` }
      if (!last) return { is: 'undecided', text: 'saw no request end' }
      const leastNs = Math.max(0, last.fromNs - window.fromNs)
      const mostNs = last.toNs - window.fromNs
      const why = `${failed} failed: ${kinds(errors)}`
      if (answered === 0)
        return {
          is: leastNs > limitNs ? 'broken' : 'undecided',
          text: `not before ${human(leastNs)}, and nothing was answered after that (${why})`,
        }
      const time = measure(flow.flow, 'time_until_served_again', (leastNs + mostNs) / 2, 'ns')
      return {
        is: mostNs <= limitNs ? 'upheld' : leastNs > limitNs ? 'broken' : 'undecided',
        text: `between ${human(leastNs)} and ${human(mostNs)} (${why})`,
        measures: [{ ...time, resolution: (mostNs - leastNs) / 2 }],
      }
    },
  })
}
