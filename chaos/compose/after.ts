import { type Duration, toNs } from '../../lab/time.ts'
import type { Lab } from '../../lab/types.ts'
import { type Condition, ready } from '../../lab/until.ts'
import type { Fault } from '../fault.ts'

/**
 * A fault that strikes the moment something holds, a metric or a state rather than a time. What does
 * not come true within the limit makes the run invalid: nothing was broken.
 */
export function after(condition: Condition<Lab>, fault: Fault, { within }: { readonly within: Duration }): Fault {
  toNs(within)
  return {
    ...fault,
    name: `${fault.name} once ${condition.name}`,
    apply: async (lab) => {
      await ready(lab, condition, { within, every: '5ms' })
      return fault.apply(lab)
    },
  }
}
