// How soon new sessions work after something happened.

import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { type Newcomers, newcomers } from '../lab/traffic/sessions.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check, Part } from './verdict.ts'

export type NewSessionsWork = When & {
  readonly of: Named
  readonly within: Duration
}

function told({ tried, failed, lowNs, highNs, firstNs, resolutionNs }: Newcomers): string {
  const first = firstNs === undefined ? 'none answered' : `the first answered after ${human(firstNs)}`
  if (failed === 0) return `none of ${tried} failed`
  const length = Number.isFinite(highNs)
    ? `for at most ${human(highNs)} at a stretch`
    : `to the last, for ${human(lowNs)}`
  return `${failed} of ${tried} failed, ${length}, ${first}; tried every ${human(resolutionNs)} or sooner`
}

function judge({ tried, lowNs, highNs }: Newcomers, withinNs: number): Part['is'] {
  if (tried === 0) return 'undecided'
  if (highNs <= withinNs) return 'upheld'
  return lowNs > withinNs ? 'broken' : 'undecided'
}

/**
 * New sessions work again within this time whenever they fail: during a fault from the instant it took
 * hold, later from the last that was answered. Throws ScenarioError for a limit that is no duration.
 */
export function newSessions({ of, within, ...when }: NewSessionsWork): Check {
  const withinNs = toNs(within)
  return claimOf({
    subject: 'new ones',
    limit: `work again within ${within}`,
    of,
    when,
    about: ['sessions'],
    judge: ({ history, flow, window }) => {
      const seen = newcomers(history, flow.flow, window)
      return {
        is: judge(seen, withinNs),
        text: told(seen),
        measures: Number.isFinite(seen.highNs)
          ? [
              {
                ...measure(flow.flow, 'new_sessions_failed_for', (seen.lowNs + seen.highNs) / 2, 'ns'),
                resolution: (seen.highNs - seen.lowNs) / 2,
              },
            ]
          : [],
      }
    },
  })
}
