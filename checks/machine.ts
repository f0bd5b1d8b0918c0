// Whether the machine kept time while the lab was used. What a stopped clock breaks says nothing of
// the network.

import { HELD_UP_NS, heldUp } from '../lab/measures/held-up.ts'
import { human } from '../lab/time.ts'
import { disturbed, measuredFrom, STALL_LIMIT_NS, timekeeping } from '../lab/timekeeping.ts'
import type { Check } from './verdict.ts'

const percent = (share: number) => `${(100 * share).toFixed(1)}%`

/**
 * From the first flow or fault on no stall and no steal long enough to look like a failure, in the flows'
 * control runs no delays of that kind, and from the beginning no clock that was set.
 */
export const machineKept: Check = {
  claim: `the machine kept time within ${human(STALL_LIMIT_NS)}`,
  judge: (history) => {
    const fromNs = measuredFrom(history)
    const because = disturbed(history, fromNs)
    if (because) return { is: 'undecided', because }
    const slow = heldUp(history)
    if (slow)
      return {
        is: 'undecided',
        because: `the machine holds packets up: before any fault the one-way delay of ${slow.flow}, ${slow.direction}, was ${human(slow.p99Ns)} at p99, and above ${human(HELD_UP_NS)} BFD may expire by itself`,
      }
    const { stalls, longest, stolen } = timekeeping(history, fromNs)
    const stall = longest
      ? `the longest of ${stalls.length} stalls was ${human(longest.lengthNs)}, at +${human(longest.atNs)}`
      : 'no stall above 50ms'
    return { is: 'upheld', measured: `${stall}, steal ${percent(stolen)}` }
  },
}
