// Which address the server of sessions sees: what NAT made of the client's.

import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { attemptsIn, stories } from '../lab/traffic/sessions.ts'
import { claimOf } from './traffic.ts'
import type { Check } from './verdict.ts'

export type SessionSource = When & { readonly of: Named; readonly is: string }

const addressOf = (source: string): string => source.split(':')[0] ?? source

/** The sessions that are held, those established again and new ones all come from this address and no other. */
export function sessionSource({ of, is, ...when }: SessionSource): Check {
  return claimOf({
    subject: 'source',
    limit: is,
    of,
    when,
    about: ['sessions'],
    judge: ({ history, flow, window }) => {
      const held = stories(history, flow.flow, window)
        .flatMap(({ before, again }) => [before, ...(again ? [again.source] : [])])
        .map(addressOf)
      const fresh = attemptsIn(history, flow.flow, window).flatMap(({ source }) => source ?? [])
      const counts = (of: readonly string[]) =>
        new Map([...Map.groupBy(of, (each) => each)].map(([a, all]) => [a, all.length]))
      const [heldBy, freshBy] = [counts(held), counts(fresh)]
      const all = [...new Set([...held, ...fresh])].sort()
      if (all.length === 0) return { is: 'undecided', text: 'no session told its source' }
      const text = all.map((a) => `${a} of ${heldBy.get(a) ?? 0} sessions and ${freshBy.get(a) ?? 0} new ones`)
      return { is: all.every((address) => address === is) ? 'upheld' : 'broken', text: text.join(', ') }
    },
  })
}
