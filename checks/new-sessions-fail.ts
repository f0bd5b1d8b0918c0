// That new sessions cannot be had, and what their clients are told of it.

import type { When } from '../lab/loss/stretch.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import type { Named } from '../lab/loss/window.ts'
import { kinds, requestsOf } from '../lab/traffic/requests.ts'
import { attemptsIn } from '../lab/traffic/sessions.ts'
import { claimOf } from './traffic.ts'
import type { Check } from './verdict.ts'

export type NewSessionsFail = Required<Pick<When, 'during'>> & {
  readonly of: Named
  /** What every client is told: 'timeout' of what is dropped without a word, 'refused', 'unreachable'. */
  readonly by: string
}

/** Every new session that is tried from when the fault has taken hold until it lets go fails, in this way and no other. */
export function newSessionsFail({ of, during, by }: NewSessionsFail): Check {
  return claimOf({
    subject: 'new ones',
    limit: `all fail by ${by}`,
    of,
    when: { during },
    about: ['sessions'],
    judge: ({ history, flow, window, samples }) => {
      const strike = strikeOf(history, during)
      if (typeof strike === 'string') return { is: 'undecided', text: strike }
      // What begins while it takes hold, or lets go, may meet it or not; one that ends by itself is told of later.
      const letGoNs = strike.healed?.letGo.fromNs ?? Number.POSITIVE_INFINITY
      const inForce = { fromNs: strike.applied.toNs, toNs: Math.min(window.toNs, letGoNs) }
      const tried = attemptsIn(history, flow.flow, inForce)
      if (tried.length === 0) return { is: 'undecided', text: 'none was tried' }
      const answered = tried.filter(({ afterNs }) => afterNs !== null).length
      if (answered > 0) return { is: 'broken', text: `${answered} of ${tried.length} answered` }
      const { errors } = requestsOf(samples, 'new session')
      const told = `${tried.length} tried, ${kinds(errors) || 'no error told'}`
      if (Object.keys(errors).length === 0) return { is: 'undecided', text: told }
      return { is: Object.keys(errors).every((kind) => kind === by) ? 'upheld' : 'broken', text: told }
    },
  })
}
