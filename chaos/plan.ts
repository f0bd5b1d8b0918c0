// What an injection would do, for a lab that is only planned.

import { ScenarioError } from '../lab/errors.ts'
import type { Plan } from '../lab/plan/plan.ts'
import type { Lab } from '../lab/types.ts'
import type { Fault } from './fault.ts'
import { type Guard, reach } from './guard.ts'
import type { Injected } from './inject.ts'
import { EFFECTIVE_WITHIN, type Limits, RESTORED_WITHIN } from './strike.ts'

/** What a fault without an end is told that is asked for it. */
export const endless = (fault: string) =>
  new ScenarioError(`${fault} does not end by itself; heal it, or give it a length: lasting(fault, '2s')`)

/** Notes a fault that has been checked, and its heal when that comes. */
export function planInjection(lab: Lab, fault: Fault, options: Limits & Guard, plan: Plan): Injected {
  const { name, ends } = fault
  const { within, abortIf = [], effectiveWithin = EFFECTIVE_WITHIN, restoredWithin = RESTORED_WITHIN } = options
  plan.note({
    does: 'break',
    fault: name,
    strikes: reach(fault, lab.topology),
    ...(within && { confinedTo: [...(within.nodes ?? []), ...(within.tenants ?? [])] }),
    ...(ends && { ends }),
    abortIf: [abortIf].flat().map((condition) => condition.name),
    effectiveWithin,
    restoredWithin,
  })
  let healed: Promise<void> | undefined
  const heal = () => {
    healed ??= Promise.resolve(plan.note({ does: 'heal', fault: name }))
    return healed
  }
  return {
    name,
    heal,
    get ended() {
      if (!ends) throw endless(name)
      return { name: `${name} to be over`, look: async () => ({ holds: true, saw: 'planned' }) }
    },
    [Symbol.asyncDispose]: heal,
  }
}
