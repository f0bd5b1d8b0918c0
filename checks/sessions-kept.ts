// What may become of long-lived sessions.

import { ScenarioError } from '../lab/errors.ts'
import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Percent, toShare } from '../lab/percent.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { type SessionTotals, sessionsOf } from '../lab/traffic/record.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check, Part } from './verdict.ts'

export type SessionsKept = When & {
  readonly of: Named
  /** Shares of those that were held when the stretch began: survived at least, … */
  readonly survived?: Percent
  /** … ended with an RST, or without any answer and without an error, at most. */
  readonly reset?: Percent
  readonly hung?: Percent
  /** The longest that an exchange of a survivor waits for its answer. */
  readonly pause?: Duration
}

/** '200 held: 198 survived, 2 reset (2 established again, 0 resets seen by the server); pause of survivors p50 0ms p90 410ms max 612ms' */
export function told({ held, fates, again, pauseNs, serverResets }: SessionTotals): string {
  const rest = Object.entries(fates)
    .filter(([fate]) => fate !== 'survived')
    .map(([fate, count]) => `, ${count} ${fate}`)
  // An RST that only the client saw came from its end of the path or beyond, not from the server's program.
  const seen = fates.reset ? `${serverResets} resets seen by the server` : ''
  const aside = [again > 0 ? `${again} established again` : '', seen].filter(Boolean).join(', ')
  const back = aside && ` (${aside})`
  const pause = ({ p50, p90, max }: typeof pauseNs) =>
    max === 0 ? 'no pause above 100ms' : `pause of survivors p50 ${human(p50)} p90 ${human(p90)} max ${human(max)}`
  return `${held} held: ${fates.survived ?? 0} survived${rest.join('')}${back}; ${pause(pauseNs)}`
}

/** Each limit, as what was seen keeps it. What still waits at the end may yet go either way. */
function judge(seen: SessionTotals, { survived, reset, hung, pause }: Omit<SessionsKept, 'of'>): Part['is'][] {
  const { held, fates, pauseNs } = seen
  const share = (fate: string) => (fates[fate] ?? 0) / held
  const open = share('silent')
  const least = (value: number, limit: number): Part['is'] =>
    value >= limit ? 'upheld' : value + open < limit ? 'broken' : 'undecided'
  const most = (value: number, limit: number): Part['is'] =>
    value > limit ? 'broken' : value + open > limit ? 'undecided' : 'upheld'
  return [
    ...(survived ? [least(share('survived'), toShare(survived))] : []),
    ...(reset ? [most(share('reset'), toShare(reset))] : []),
    ...(hung ? [most(share('hung'), toShare(hung))] : []),
    ...(pause ? [pauseNs.max > toNs(pause) ? 'broken' : open > 0 ? 'undecided' : 'upheld'] : []),
  ] as Part['is'][]
}

const WORDS = { survived: 'survived at least', reset: 'reset at most', hung: 'hung at most', pause: 'pause at most' }

/**
 * What becomes of the sessions that were held when the stretch began. Throws ScenarioError where no limit
 * is given, or one that is no share or no duration.
 */
export function sessionsKept(options: SessionsKept): Check {
  const { of, during, after, ...limits } = options
  const given = Object.entries(WORDS).flatMap(([key, words]) => {
    const limit = limits[key as keyof typeof WORDS]
    return limit === undefined ? [] : [`${words} ${limit}`]
  })
  if (given.length === 0)
    throw new ScenarioError('sessionsKept was given no limit; there are survived, reset, hung, pause')
  for (const share of [limits.survived, limits.reset, limits.hung]) if (share !== undefined) toShare(share)
  if (limits.pause !== undefined) toNs(limits.pause)
  return claimOf({
    subject: 'survival',
    limit: given.join(', '),
    of,
    when: { ...(during && { during }), ...(after && { after }) },
    about: ['sessions'],
    judge: ({ history, flow, window }) => {
      const seen = sessionsOf(history, flow.flow, window)
      if (!seen || seen.held === 0) return { is: 'undecided', text: 'no session was held' }
      const { held } = seen
      const missing = (flow.sessions ?? 0) - held
      const measures = [
        ...Object.entries(seen.fates).map(([fate, count]) => measure(flow.flow, `sessions_${fate}`, count, 'sessions')),
        measure(flow.flow, 'longest_pause', seen.pauseNs.max, 'ns'),
      ]
      if (missing > 0)
        return { is: 'undecided', text: `only ${held} of ${flow.sessions} were established, ${told(seen)}`, measures }
      const verdicts = judge(seen, limits)
      const is = (['broken', 'undecided'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'upheld'
      return { is, text: told(seen), measures }
    },
  })
}
