// How much bulk data has to arrive.

import { type BitRate, toBps } from '../lab/bit-rate.ts'
import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { percent } from '../lab/percent.ts'
import { human } from '../lab/time.ts'
import { rate, type Transfer, transferOf } from '../lab/traffic/transfer.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check } from './verdict.ts'

export type Goodput = When & {
  /** Flows of bulk data, each on its own, or mixes with them. */
  readonly of: Named | readonly Named[]
  readonly atLeast: BitRate
}

function text(seen: Transfer): string {
  const { goodputBps, lowestBps, retransmits, datagrams, lost, interarrivalJitterNs } = seen
  const rest = [
    `${rate(lowestBps)} in the lowest second`,
    ...(retransmits === undefined ? [] : [`${retransmits} retransmits`]),
    ...(datagrams && lost !== undefined
      ? [`${lost} of ${datagrams} datagrams lost (${percent(lost / datagrams)})`]
      : []),
    ...(interarrivalJitterNs === undefined ? [] : [`RFC 1889 jitter up to ${human(interarrivalJitterNs)}`]),
  ]
  return `${rate(goodputBps)} (${rest.join(', ')})`
}

/**
 * The receiver gets at least this much payload on average. Throws ScenarioError for a limit that is no
 * bit rate.
 */
export function goodput({ of, atLeast, ...when }: Goodput): Check {
  const leastBps = toBps(atLeast)
  return claimOf({
    subject: 'goodput',
    limit: `at least ${atLeast}`,
    of,
    when,
    about: ['tcp', 'udp'],
    judge: ({ flow, moved }) => {
      const seen = transferOf(moved)
      if (!seen) return { is: 'undecided', text: 'the receiver told nothing' }
      return {
        is: seen.goodputBps >= leastBps ? 'upheld' : 'broken',
        text: text(seen),
        measures: [measure(flow.flow, 'achieved_goodput', seen.goodputBps, 'bit/s')],
      }
    },
  })
}
