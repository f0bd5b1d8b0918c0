// Faults of every kind at once, as chance has it: never more than the lab survives.

import { ScenarioError } from '../lab/errors.ts'
import type { Bracket } from '../lab/events.ts'
import type { Chance } from '../lab/random.ts'
import { type Duration, toNs } from '../lab/time.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import { catalogue, type Drawn, draw, type Entry, type Kinds, kindsOn, mayOverlap } from './catalogue/index.ts'
import { lasting } from './compose/lasting.ts'
import { all, around, healAll } from './compose/together.ts'
import type { Fault } from './fault.ts'
import { reach } from './guard.ts'
import { type Struck, strike } from './strike.ts'

export type Storm = {
  /** How often it strikes; one wave is over, and what it broke serves again, before the next. */
  readonly waves: number
  /** How many faults are in force in each wave at the same time; fewer where no more may overlap. */
  readonly atOnce: number
  /** How long each lasts, between these two. Those that end by themselves do so. */
  readonly lasting: readonly [least: Duration, most: Duration]
  /** Nodes that no fault of it strikes, though they may feel many. */
  readonly spare?: readonly string[]
  /** Kinds to draw from; by default the whole catalogue. */
  readonly of?: readonly Entry[]
}

/** What a topology's storm is drawn from. Throws ScenarioError for a spared node that is not there, and where nothing is left. */
function kindsFor(topology: Topology, { spare = [], of = catalogue }: Storm): Kinds {
  const spared = new Set(spare.map((name) => nodeNamed(topology, name).name))
  const kinds = kindsOn(topology, of)
    .map(({ kind, cases }) => ({
      kind,
      cases: cases.filter(({ fault }) => !reach(fault, topology).some((node) => spared.has(node))),
    }))
    .filter(({ cases }) => cases.length > 0)
  if (kinds.length > 0) return kinds
  throw new ScenarioError(`${topology.name} survives no fault of those that the storm may draw`)
}

function checked({ waves, atOnce, lasting: [least, most] }: Storm): void {
  for (const [what, number] of Object.entries({ waves, faults: atOnce }))
    if (!(Number.isInteger(number) && number >= 1))
      throw new ScenarioError(`no number of ${what}: ${number}; write 1 or more`)
  if (toNs(least) > toNs(most)) throw new ScenarioError(`a storm's faults cannot last from ${least} to ${most}`)
}

const counted = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`

/** One that fits is drawn sooner, or there is none. */
const MOST_DRAWS = 200

/** Faults that may all be in force together. */
function wave(kinds: Kinds, { atOnce, lasting: [least, most] }: Storm, chance: Chance): Fault[] {
  const drawn: Drawn[] = []
  for (let draws = 0; drawn.length < atOnce && draws < MOST_DRAWS; draws++) {
    const next = draw(kinds, chance)
    if (drawn.every((other) => mayOverlap(other, next))) drawn.push(next)
  }
  return drawn.map(({ fault }) => {
    const lengthMs = (toNs(least) + chance() * (toNs(most) - toNs(least))) / 1e6
    return fault.ends ? fault : lasting(fault, `${Math.round(lengthMs)}ms`)
  })
}

/** All waves in advance, so that a seed's storm is the same however long each takes. */
function waves(kinds: Kinds, options: Storm, chance: Chance): Fault[][] {
  const all = Array.from({ length: options.waves }, () => wave(kinds, options, chance))
  const names = all.flat().length
  let nth = 0
  return all.map((faults) => faults.map((fault) => ({ ...fault, name: `${fault.name} (${++nth} of ${names})` })))
}

/** Strikes wave after wave, each fault of it as soon as the one before is in force. */
async function blow(lab: Lab, all: readonly Fault[][], signal: AbortSignal, struck: Struck[]): Promise<Bracket> {
  for (const faults of all) {
    const now: Struck[] = []
    for (const fault of faults) {
      signal.throwIfAborted()
      now.push(await strike(lab, fault))
      struck.push(...now.slice(-1))
    }
    // They have ended by themselves; healing waits until what they broke serves again.
    await Promise.all(now.map(async ({ over, heal }) => over?.then(heal)))
  }
  return around(await Promise.all(struck.map(({ heal }) => heal())))
}

/**
 * A storm: waves of faults of the catalogue, drawn from the lab's seed, those of one wave in force together
 * where they touch nothing in common. It ends by itself, when the last of them is healed and what it broke
 * serves again; `SEED=…` repeats which struck, in which order and for how long. Throws ScenarioError for
 * what cannot be.
 */
export function storm(options: Storm): Fault {
  checked(options)
  const name = `storm of ${counted(options.waves, 'wave')} of ${counted(options.atOnce, 'fault')}`
  const everything = (topology: Topology) => [
    ...new Set(
      kindsFor(topology, options).flatMap(({ cases }) => cases.flatMap(({ fault }) => reach(fault, topology))),
    ),
  ]
  return {
    name,
    targets: [],
    reach: everything,
    ends: `after its ${counted(options.waves, 'wave')}`,
    check: ({ topology }) => void everything(topology),
    apply: async (lab) => {
      const planned = waves(kindsFor(lab.topology, options), options, lab.random(name))
      const early = new AbortController()
      const signal = lab.signal ? AbortSignal.any([lab.signal, early.signal]) : early.signal
      const instant = () => ({ fromNs: lab.history.now(), toNs: lab.history.now() })
      const struck: Struck[] = []
      const bracket = instant()
      const over = blow(lab, planned, signal, struck).catch(async (error: unknown) => {
        const letGo = struck.length > 0 ? around(await healAll(struck)) : instant()
        if (early.signal.aborted) return letGo
        throw error
      })
      void over.catch(() => undefined) // whoever asks is told; that nobody asks is no crash
      return {
        bracket,
        effective: all([]), // each strike proves itself
        heal: async () => {
          early.abort()
          // Those in force are let go of now; what waits for their end goes on, and ends.
          await healAll(struck)
          return over
        },
        restored: all([]),
        over,
      }
    },
  }
}
