// Who answered: of a service with several copies, the one that clients reached.

import type { When } from '../lab/loss/stretch.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import type { Named } from '../lab/loss/window.ts'
import { claimOf } from './traffic.ts'
import type { Check } from './verdict.ts'

export type ServedBy = When & {
  /** Flows of http, or mixes of them. */
  readonly of: Named | readonly Named[]
  /** Of the seconds before this fault took hold; in place of `during` and `after`. */
  readonly before?: Named
  readonly by: string
}

/**
 * Every request of the last second of a stretch that was answered was answered by this node, as the answers themselves
 * say. Earlier seconds may be those in which clients moved.
 */
export const servedBy = ({ of, by, before, ...when }: ServedBy): Check =>
  claimOf({
    subject: 'server',
    limit: before ? `before ${before.name} ${by}` : by,
    of,
    when,
    about: ['http'],
    judge: ({ history, samples: all }) => {
      const struck = before && strikeOf(history, before)
      if (typeof struck === 'string') return { is: 'undecided', text: struck }
      const samples = struck ? all.filter(({ toNs }) => toNs <= struck.applied.fromNs) : all
      const last = samples.findLast(({ parts }) => parts.some(({ servers }) => servers))
      const counts = new Map<string, number>()
      for (const { servers = {} } of last?.parts ?? [])
        for (const [name, count] of Object.entries(servers)) counts.set(name, (counts.get(name) ?? 0) + count)
      if (counts.size === 0) return { is: 'undecided', text: 'saw nobody answer' }
      const text = `${[...counts].map(([name, count]) => `${name} ${count} times`).join(', ')} in its last second`
      return { is: counts.size === 1 && counts.has(by) ? 'upheld' : 'broken', text }
    },
  })
