// Impairment of a link: what happens to a share of its packets, drawn for each by the wire itself.

import type { Lab } from '../lab/types.ts'
import { type Damage, damaged, sayDamage, sharesOf } from './damage.ts'
import type { Fault } from './fault.ts'
import { imposed } from './imposed.ts'
import { isKnown, type Known, known, sayWhat } from './kinds.ts'
import { FABRIC } from './links.ts'
import { matchOf, type Packets } from './share.ts'
import { coursesOf, nodesAt, sayWhere, type Where, waysOf } from './where.ts'

export type Impair = Damage &
  Where & {
    /** Which packets: by their outer headers, 'udp/3784', or by what they are for, 'data', as in `block`. By default all. */
    readonly only?: Packets | Known
  }

/**
 * Some of the packets on a link are lost, duplicated or corrupted, each by chance and for itself, from one
 * instant on, or those that are too long. What else is done to the link stays: several impairments of it,
 * silence, loss of its carrier. The wire's own counts are the proof. Throws ScenarioError for what cannot be.
 */
export function impair(options: Impair): Fault {
  const { between, only } = options
  const rule = {
    ...sharesOf(options),
    ...(only !== undefined && { match: isKnown(only) ? known(only) : matchOf(only) }),
  }
  const name = `${sayDamage(options, only ? `${isKnown(only) ? sayWhat(only) : only} packets` : 'packets')} ${sayWhere(options)}`
  return {
    name,
    targets: typeof between === 'string' ? [between] : between.filter((node) => node !== FABRIC),
    reach: (topology) => nodesAt(topology, options),
    check: ({ topology }) => void waysOf(topology, options),
    apply: async (lab) => {
      const courses = coursesOf(waysOf(lab.topology, options), rule)
      return imposed(await lab.wires.rules.impose(name, courses), damaged(options))
    },
  }
}

/**
 * Gives an impairment that is in force other measures, in one step and without a gap; what is not given is
 * none. It is told as a phase of the fault, and bears its name still. Throws ScenarioError for what cannot be,
 * LabError where it is not in force.
 */
export async function change(lab: Lab, { name, targets }: Pick<Fault, 'name' | 'targets'>, to: Damage): Promise<void> {
  const proof = sayDamage(to)
  const shares = sharesOf(to)
  if (lab.history.plan) return lab.history.plan.note({ does: 'change', fault: name, to: proof })
  const bracket = await lab.wires.rules.change(name, shares)
  lab.history.record('chaos', { kind: 'fault', fault: name, phase: 'changed', targets, bracket, proof }, bracket.fromNs)
}
