// The SB followed for as long as the lab lives, though its server may die under the monitor.

import type { Engine } from '../engine/client.ts'
import type { Container } from '../engine/container.ts'
import { LabError, reason } from '../errors.ts'
import type { History } from '../history.ts'
import { waitFor } from '../until.ts'
import { followSouthbound, type Southbound } from './southbound.ts'

export type Followed = {
  readonly southbound: Southbound
  /** Follows a central node that was made anew. */
  readonly anew: () => Promise<void>
}

type Member = Pick<Container, 'id'> & { readonly name: string }

type Where = {
  readonly engine: Engine
  readonly history: History
  /** The central nodes that run now; of a cluster any one will do that is not cut off. */
  readonly members: () => readonly Member[]
}

/** A server that is away may stay so for a whole scenario; who waits for its rows has a limit of his own. */
const PATIENCE = '30min'

/**
 * Follows the SB. When its server goes, or is cut off from its cluster, another member is followed, or the
 * same one as soon as it answers; meanwhile the rows are those last heard of, as every ovn-controller has
 * them, and `live` is false.
 */
export async function keepFollowing({ engine, history, members }: Where): Promise<Followed> {
  const attach = async () => {
    const refused: string[] = []
    for (const member of members()) {
      const found = await followSouthbound(engine, member, history).catch(reason)
      if (typeof found !== 'string') return { ...found, from: member.name }
      refused.push(`${member.name}: ${found}`)
    }
    throw new LabError(refused.join('; ') || 'no central node runs')
  }
  let now = await attach()
  let live = true
  const closed = new AbortController()
  const again = async (lost: Southbound) => {
    if (lost !== now || closed.signal.aborted) return
    live = false
    history.record('sb', { kind: 'act', text: `the SB is followed at ${now.from} no more` })
    const back = {
      name: 'the SB to be followed again',
      look: async () => {
        if (members().length === 0 || lost !== now) return { holds: true, saw: 'somebody else follows' }
        const found = await attach().catch(reason)
        if (typeof found === 'string') return { holds: false, saw: found }
        take(found)
        return { holds: true, saw: `${found.from} answers` }
      },
    }
    await waitFor({ history, signal: closed.signal }, back, { within: PATIENCE, every: '200ms' })
  }
  const take = (found: Awaited<ReturnType<typeof attach>>) => {
    now = found
    live = true
    if (closed.signal.aborted) found.close()
    void found.ended.then(() => again(found)).catch(() => undefined) // the lab ends: nobody waits for it
  }
  take(now)
  return {
    southbound: {
      rows: (table) => now.rows(table),
      live: () => live,
      ended: new Promise((resolve) => closed.signal.addEventListener('abort', () => resolve())),
      close: () => {
        closed.abort()
        now.close()
      },
    },
    anew: async () => {
      if (live) return // another member is followed, and knows as much
      const before = now
      const found = await attach()
      take(found)
      before.close()
    },
  }
}
