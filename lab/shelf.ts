// Where a lab that was proved clean waits for the next scenario of its topology. One lab at most: a
// second one would take from the machine what the first is measured on.

import type { Plant } from './bring-up.ts'
import type { EventBody } from './events.ts'
import { madeFrom } from './fleet.ts'
import type { Ground } from './ground.ts'
import type { Snapshot } from './residue.ts'
import type { Topology } from './topology/types.ts'

/** What was told once and holds still: whoever uses the lab next has not heard it. */
export type Known = { readonly source: string; readonly body: EventBody }

/** A lab between two uses. */
export type Shelved = {
  readonly ground: Ground
  readonly plant: Plant
  /** The lab as it was when it was new. */
  readonly asNew: Snapshot
  readonly known: readonly Known[]
  /** How many scenarios it has served. */
  readonly served: number
}

export type Shelf = {
  /** The lab that waits, if it is of this topology; one of another is taken down. */
  readonly take: (topology: Topology) => Promise<Shelved | undefined>
  readonly put: (lab: Shelved) => void
}

/** Takes a lab down that nobody uses. */
export async function discard({ lasting, fleet }: Ground): Promise<void> {
  await lasting.unwind()
  await fleet.remove()
}

export function newShelf(): Shelf {
  let waiting: Shelved | undefined
  return {
    take: async (topology) => {
      const lab = waiting
      waiting = undefined
      if (!lab || madeFrom(lab.ground.topology) === madeFrom(topology)) return lab
      await discard(lab.ground)
      return undefined
    },
    put: (lab) => {
      waiting = lab
    },
  }
}
