// A stream of a lab that is only planned: what it would be asked is noted by whoever waits for it.

import type { Plan } from '../lab/plan/plan.ts'
import type { Condition } from '../lab/until.ts'
import type { Flow } from './traffic.ts'

const condition = (name: string): Condition => ({ name, look: async () => ({ holds: true, saw: 'planned' }) })

export function plannedFlow(name: string, plan: Plan): Flow {
  plan.note({ does: 'send', traffic: name })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= Promise.resolve(plan.note({ does: 'stop', traffic: name }))
    return stopped
  }
  return {
    name,
    answered: condition(`${name} to be answered`),
    sustained: condition(`${name} to be answered without loss`),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
