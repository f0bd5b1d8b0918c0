// Every kind of fault that a lab survives, with what it takes away meanwhile: what storms and long runs
// of random faults are drawn from. A fault that is added to chaos/ gets its entry here.

import type { Chance } from '../../lab/random.ts'
import { oneOf } from '../../lab/random.ts'
import type { Topology } from '../../lab/topology/types.ts'
import { onCluster } from './central.ts'
import { onDaemons } from './daemons.ts'
import type { Case, Entry } from './entry.ts'
import { onLinks } from './links.ts'
import { onNodes } from './nodes.ts'
import { onOspf } from './ospf.ts'
import { onRouting } from './routing.ts'
import { onState } from './state.ts'

export type { Case, Entry } from './entry.ts'

export const catalogue: readonly Entry[] = [
  ...onNodes,
  ...onLinks,
  ...onDaemons,
  ...onCluster,
  ...onState,
  ...onRouting,
  ...onOspf,
]

export type Drawn = Case & Pick<Entry, 'kind'>

/** Whether two faults may be in force at the same time: they touch nothing in common. */
export const mayOverlap = (a: Pick<Case, 'touches'>, b: Pick<Case, 'touches'>): boolean =>
  !a.touches.some((thing) => b.touches.includes(thing))

/** The kinds that a topology has, each with all its faults. */
export type Kinds = readonly { readonly kind: string; readonly cases: readonly Case[] }[]

export const kindsOn = (topology: Topology, entries: readonly Entry[] = catalogue): Kinds =>
  entries.map(({ kind, cases }) => ({ kind, cases: cases(topology) })).filter(({ cases }) => cases.length > 0)

/**
 * One fault by chance: first its kind, each as likely however many nodes it could strike, then which. Throws
 * ScenarioError where there is none.
 */
export function draw(kinds: Kinds, chance: Chance): Drawn {
  const { kind, cases } = oneOf(kinds, chance)
  return { kind, ...oneOf(cases, chance) }
}
