// How soon a kernel sent to a prefix by another link.

import { phrase, type When } from '../lab/loss/stretch.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import { fibChanges } from '../lab/routing/fib-changes.ts'
import { type Duration, toNs } from '../lab/time.ts'
import { keeps, since } from './elapsed.ts'
import type { Check } from './verdict.ts'

export type Rerouted = Pick<When, 'during' | 'after'> & {
  readonly prefix: string
  /** The node whose kernel forwards. */
  readonly at: string
  /** The device that packets leave by then. */
  readonly over: string
  readonly atMost: Duration
}

/**
 * From the instant that a fault took hold, or let go, until a node's kernel has its route to a prefix over this device,
 * by the kernel's own stamp. Undecided where that was never told, and where the instant is known no closer than the
 * limit.
 */
export function rerouted({ prefix, at, over, atMost, ...when }: Rerouted): Check {
  const fault = when.during ?? when.after
  const claim = `${prefix} sent over ${over} by ${at}${phrase(when)} within ${atMost}`
  const limitNs = toNs(atMost)
  return {
    claim,
    judge: (history) => {
      const undecided = (because: string) => ({ is: 'undecided', because: `${claim}: ${because}` }) as const
      const struck = fault ? strikeOf(history, fault) : 'no fault was named'
      if (typeof struck === 'string') return undecided(struck)
      const bracket = when.during ? struck.applied : struck.healed?.letGo
      if (!bracket) return undecided(`${fault?.name} was not healed`)
      const endNs = when.during ? (struck.healed?.beganNs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
      const changes = fibChanges(history, at, prefix).filter(({ atNs }) => atNs >= bracket.fromNs && atNs < endNs)
      const moved = changes.find((change) => change.over === over)
      const last = changes.at(-1)
      if (!moved || !last) return undecided(`${at} told ${last ? `of ${last.over ?? 'no route'}` : 'no change'}`)
      const took = since(bracket, moved.atNs)
      const measures = [{ name: 'route_convergence', ...took.measure }]
      if (last.over !== over)
        return {
          is: 'broken',
          because: `${claim}, was: after ${took.text}, but ${last.over ? `over ${last.over}` : 'nowhere'} in the end`,
          measures,
        }
      return { ...keeps(claim, took, limitNs), measures }
    },
  }
}
