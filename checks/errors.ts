// How many requests may fail.

import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Percent, percent, toShare } from '../lab/percent.ts'
import { kinds, requestsOf } from '../lab/traffic/requests.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check } from './verdict.ts'

export type Errors = When & {
  /** Flows of http, icmp or sessions, or mixes of them. */
  readonly of: Named | readonly Named[]
  readonly atMost: Percent
  /** And no fewer: '100%' where nothing gets through. */
  readonly atLeast?: Percent
}

/**
 * At most this share of the requests that were due fails: with an error, without an answer in time, or
 * never sent because their connection still waited. A request counts when it was sent, to the second; an
 * exchange of a session when it ended.
 * Throws ScenarioError for a limit that is no share.
 */
export function errors({ of, atMost, atLeast, ...when }: Errors): Check {
  const [most, least] = [toShare(atMost), atLeast === undefined ? 0 : toShare(atLeast)]
  return claimOf({
    subject: 'errors',
    limit: `${atLeast === undefined ? '' : `at least ${atLeast} and `}at most ${atMost}`,
    of,
    when,
    about: ['http', 'icmp', 'sessions'],
    judge: ({ flow, samples }) => {
      const { answered, failed, errors: told } = requestsOf(samples)
      const all = answered + failed
      if (all === 0) return { is: 'undecided', text: 'saw no request end' }
      const share = failed / all
      const why = kinds(told)
      return {
        is: share <= most && share >= least ? 'upheld' : 'broken',
        text: `${failed} of ${all} ${flow.unit} (${percent(share)})${why && `: ${why}`}`,
        measures: [measure(flow.flow, 'failed_requests', share, 'ratio')],
      }
    },
  })
}
