// The faults during which a runner is killed: one of every kind in the catalogue, by the seed, and what
// faults compose to.

import { catalogue } from '../../chaos/catalogue/index.ts'
import {
  type Fault,
  freezeProcess,
  impair,
  inOrder,
  killProcess,
  linkDown,
  repeat,
  together,
} from '../../chaos/index.ts'
import { chanceOf, oneOf } from '../../lab/random.ts'
import type { Topology } from '../../lab/topology/types.ts'

/** What a process that holds a lab prints when its fault has taken effect, before the fault's name. */
export const IN_FORCE = 'in force: '

const uplink = ['nat-gw-a-1', 'internet'] as const

const composed: readonly Fault[] = [
  repeat(linkDown(...uplink), { lasting: '300ms', every: '1s' }),
  together(
    linkDown(...uplink),
    freezeProcess('central', 'ovn-northd'),
    impair({ between: ['nat-gw-a-1', 'chassis-1'], loss: '30%' }),
  ),
  inOrder(linkDown(...uplink), killProcess('chassis-1', 'ovn-controller')),
]

/** Of a topology with VPC A. The same for the same seed. */
export const faultsOn = (topology: Topology, seed: number): readonly Fault[] => [
  ...catalogue.flatMap(({ kind, cases }) => {
    const all = cases(topology)
    return all.length > 0 ? [oneOf(all, chanceOf(String(seed))(kind)).fault] : []
  }),
  ...composed.filter(({ check }) => {
    try {
      check({ topology })
      return true
    } catch {
      return false // 'central' has another name where there are several
    }
  }),
]
