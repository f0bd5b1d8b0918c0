// Several facts as one.

import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** All of these hold at one look. Those that count for how long they hold, as `sustained` does, count side by side. */
export const all = (...conditions: readonly Condition<Lab>[]): Condition<Lab> => ({
  name: conditions.map(({ name }) => name).join(' and '),
  look: async (lab) => {
    const looks = await Promise.all(conditions.map(async (each) => ({ of: each.name, ...(await each.look(lab)) })))
    const missing = looks.filter(({ holds }) => !holds)
    const told = missing.length > 0 ? missing.map(({ of, saw }) => `${of}: ${saw}`) : looks.map(({ saw }) => saw)
    return { holds: missing.length === 0, saw: told.join('; ') }
  },
})
