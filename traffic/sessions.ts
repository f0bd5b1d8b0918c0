// Many long-lived TCP sessions, held over whatever happens, and new ones tried beside them.

import type { SessionServerOptions } from '../lab/programs/session-server.ts'
import type { SessionsOptions as Program } from '../lab/programs/sessions.ts'
import { toNs } from '../lab/time.ts'
import { addressOf, checkEnds, labelsOf } from './ends.ts'
import { startGenerator } from './generator.ts'
import { durationBetween, wholeBetween } from './rates.ts'
import { requestsSustained, sessionsAnswered } from './steadiness.ts'
import type { Traffic } from './traffic.ts'

export type SessionsOptions = {
  readonly from: string
  readonly to: string
  /** How many are held, 200 by default. */
  readonly count?: number
  /** One exchange on each so often, '500ms' by default: how exactly a pause is known. */
  readonly every?: `${number}${'ms' | 's'}`
  /** A session without an answer for so long, and without an error, is hung; '10s' by default. */
  readonly hungAfter?: `${number}s`
  /** Whether a session that was lost is established again; it is by default. */
  readonly reconnect?: boolean
  /** A new session is tried so often, '100ms' by default: how exactly it is known when new ones work. */
  readonly newEvery?: `${number}ms`
  /** How long all must be answered before the flow counts as recovered for good, '3s' by default. */
  readonly sustainedFor?: `${number}s`
}

const MOST_SESSIONS = 2000

/**
 * Long-lived TCP sessions from one node to a server of their own on another. Each exchange is numbered,
 * its payload verified; the server tells which address and port it sees.
 */
export function sessions(options: SessionsOptions): Traffic {
  const { from, to, every = '500ms', hungAfter = '10s', reconnect = true, newEvery = '100ms' } = options
  const count = wholeBetween('sessions', options.count ?? 200, 1, MOST_SESSIONS)
  const everyNs = durationBetween('time between exchanges', every, '20ms', '60s')
  const hungAfterNs = durationBetween('time until a session is hung', hungAfter, '1s', '600s')
  const newEveryNs = durationBetween('time between new sessions', newEvery, '20ms', '10000ms')
  const sustainedNs = toNs(options.sustainedFor ?? '3s')
  const name = `sessions ${from} → ${to}`
  return {
    name,
    check: ({ topology }) => checkEnds(topology, 'sessions', [from, to]),
    start: (lab, of) =>
      startGenerator(lab, {
        about: {
          flow: name,
          ...(of !== undefined && { of }),
          generator: 'sessions',
          from,
          to,
          ...labelsOf(lab.topology, from, to),
          asked: (count * 1e9) / everyNs,
          unit: 'exchanges',
          sessions: count,
        },
        programs: (port) => {
          const server: SessionServerOptions = { port }
          const client: Program = {
            address: addressOf(lab.topology, to),
            port,
            count,
            everyNs,
            hungAfterNs,
            reconnect,
            newEveryNs,
          }
          return [
            { node: to, program: 'session-server', side: 'server', options: server, listens: port },
            { node: from, program: 'sessions', side: 'client', options: client },
          ]
        },
        answered: (heard) => sessionsAnswered(heard.sessions, count),
        sustained: (heard, forNs) => {
          const now = sessionsAnswered(heard.sessions, count)
          return now.holds ? requestsSustained(heard.samples, forNs) : now
        },
        sustainedNs,
      }),
  }
}
