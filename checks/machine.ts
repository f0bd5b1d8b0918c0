// Whether the machine kept time while the lab was used. What a stopped clock breaks says nothing of
// the network.

import { ofKind } from '../lab/history.ts'
import { STALL_LIMIT_NS } from '../lab/patchbay/stalls.ts'
import { human } from '../lab/time.ts'
import type { Check } from './verdict.ts'

/** No stall long enough to look like a failure, from the first flow or fault on. */
export const machineKept: Check = {
  claim: `the machine kept time within ${human(STALL_LIMIT_NS)}`,
  judge: (history) => {
    const first = history.events.find(({ kind }) => kind === 'flow' || kind === 'fault')
    const stalls = ofKind(history, 'stall').filter(({ atNs }) => first && atNs >= first.atNs)
    const longest = stalls.toSorted((a, b) => b.lengthNs - a.lengthNs)[0]
    if (!longest) return { is: 'upheld', measured: 'no stall above 50ms' }
    const told = `the longest of ${stalls.length} stalls was ${human(longest.lengthNs)}, at +${human(longest.atNs)}`
    if (longest.lengthNs < STALL_LIMIT_NS) return { is: 'upheld', measured: told }
    return {
      is: 'undecided',
      because: `the machine stood still: ${told}; more than ${human(STALL_LIMIT_NS)} can pass for a failure`,
    }
  },
}
