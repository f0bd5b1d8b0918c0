// Rules of the wire as a fault in force: what they counted is the proof.

import { LabError } from '../lab/errors.ts'
import type { Tally } from '../lab/patchbay/rule.ts'
import type { Standing } from '../lab/patchbay/rules.ts'
import type { Applied } from './fault.ts'

export type Proof = {
  /** 'packets to be lost at the wire' */
  readonly name: string
  readonly look: (tallies: readonly Tally[]) => { readonly holds: boolean; readonly saw: string }
  /** What the wire did that nobody asked for, where it did; told once the rules are lifted and their counts are final. */
  readonly unasked?: (tallies: readonly Tally[]) => string | undefined
}

type Count = 'passed' | 'lost' | 'oversized' | 'duplicated' | 'corrupted'

export const sum = (tallies: readonly Tally[], of: Count): number =>
  tallies.reduce((total, tally) => total + tally[of], 0)

/** Packets that the rules met. */
export const met = (tallies: readonly Tally[]): number =>
  sum(tallies, 'passed') + sum(tallies, 'lost') + sum(tallies, 'oversized')

/** Everything that is met is dropped. */
export const DROPPED: Proof = {
  name: 'packets to be dropped at the wire',
  look: (tallies) => {
    const lost = sum(tallies, 'lost')
    const ways = tallies.length === 1 ? '1 direction of a link' : `${tallies.length} directions of links`
    return { holds: lost > 0, saw: `${lost} packets dropped at ${ways}` }
  },
}

export const imposed = ({ bracket, tally, lift, stands }: Standing, { name, look, unasked }: Proof): Applied => ({
  bracket,
  effective: { name, look: async () => look(await tally()) },
  heal: lift,
  restored: {
    name: 'the wire to be rid of it',
    look: async () => {
      const tallies = await tally()
      const because = unasked?.(tallies)
      if (because) throw new LabError(`invalid: ${because}`)
      return { holds: !(await stands()), saw: look(tallies).saw }
    },
  },
})
