// How much bulk data arrives under a fault that leaves a share of it: in the seconds that are all its own.

import { type BitRate, toBps } from '../lab/bit-rate.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Percent, toShare } from '../lab/percent.ts'
import { samplesIn } from '../lab/traffic/samples.ts'
import { rate, transferOf } from '../lab/traffic/transfer.ts'
import { claimOf, measure } from './traffic.ts'
import type { Check } from './verdict.ts'

export type GoodputUnder = {
  /** Flows of bulk data, each on its own, or mixes with them. */
  readonly of: Named | readonly Named[]
  readonly during: Named
} & (
  | {
      /** What the receiver gets of payload on average, … */
      readonly is: BitRate
      /** … give or take this share of it. */
      readonly within: Percent
    }
  | { readonly atLeast: BitRate }
)

/**
 * What the receiver gets of payload on average, of the whole seconds of a fault alone: of a second that began before
 * it, the rest would hide that nothing came. Throws ScenarioError for what is no bit rate or no share.
 */
export function goodputUnder({ of, during, ...limits }: GoodputUnder): Check {
  const [bps, share] =
    'is' in limits ? [toBps(limits.is), toShare(limits.within)] : [toBps(limits.atLeast), Number.POSITIVE_INFINITY]
  const least = share === Number.POSITIVE_INFINITY ? bps : bps * (1 - share)
  return claimOf({
    subject: 'goodput',
    limit: 'is' in limits ? `${limits.is} ± ${limits.within}` : `at least ${limits.atLeast}`,
    of,
    when: { during },
    about: ['tcp', 'udp'],
    judge: ({ flow, window, moved }) => {
      const seen = transferOf(samplesIn(moved, { ...window, takesFirst: false, takesLast: false }))
      if (!seen) return { is: 'undecided', text: 'the receiver told of no whole second' }
      return {
        is: seen.goodputBps >= least && seen.goodputBps <= bps * (1 + share) ? 'upheld' : 'broken',
        text: `${rate(seen.goodputBps)} (${rate(seen.lowestBps)} in the lowest second)`,
        measures: [measure(flow.flow, 'achieved_goodput', seen.goodputBps, 'bit/s')],
      }
    },
  })
}
