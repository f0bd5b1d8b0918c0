import type { Fault } from '../fault.ts'
import { reach } from '../guard.ts'
import { type Struck, strike } from '../strike.ts'
import { all, around, endsOf, healAll } from './together.ts'

/**
 * Faults one after another, each proved to bite before the next strikes, and healed in reverse: an
 * escalation. One that ends by itself is waited for, so that `inOrder(lasting(a, '1s'), b)` has one
 * in force at a time. All or none.
 */
export const inOrder = (...faults: readonly Fault[]): Fault => ({
  name: faults.map(({ name }) => name).join(', then ') || 'nothing',
  ...endsOf(faults),
  targets: [...new Set(faults.flatMap(({ targets }) => targets))],
  reach: (topology) => [...new Set(faults.flatMap((fault) => reach(fault, topology)))],
  check: (lab) => {
    for (const { check } of faults) check(lab)
  },
  apply: async (lab) => {
    const struck: Struck[] = []
    try {
      for (const fault of faults) {
        await struck.at(-1)?.over
        struck.push(await strike(lab, fault))
      }
    } catch (error) {
      await healAll(struck)
      throw error
    }
    const instant = () => ({ fromNs: lab.history.now(), toNs: lab.history.now() })
    const [first] = struck
    const last = struck.at(-1)
    return {
      bracket: first?.bracket ?? instant(),
      // Each has been proved, and told, by its own strike.
      effective: all([]),
      heal: async () => (first ? around(await healAll(struck)) : instant()),
      restored: all([]),
      ...(last?.over && struck.every(({ over }) => over !== undefined) && { over: last.over }),
    }
  },
})
