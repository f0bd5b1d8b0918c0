// The verb that breaks the lab: checks, strikes, proves, and hands over the way back.

import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import type { Fault } from './fault.ts'
import { assertWithin, type Guard, watch } from './guard.ts'
import { endless, planInjection } from './plan.ts'
import { type Limits, strike, teller } from './strike.ts'

/** A fault that was injected. Letting go of it heals. */
export type Injected = {
  readonly name: string
  /** Heals, and waits until what was broken serves again. Healing twice heals once. */
  readonly heal: () => Promise<void>
  /** Holds once a fault that ends by itself has ended, healed. Of another, asking is a ScenarioError. */
  readonly ended: Condition<Lab>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Injects a fault. Throws ScenarioError before anything is touched for a target that the lab has
 * not, or outside `within`; LabError (the run is invalid) when the fault does not bite, after healing
 * it. While it is in force, `abortIf` heals every fault of the lab and ends the run.
 */
export async function inject(lab: Lab, fault: Fault, options: Limits & Guard = {}): Promise<Injected> {
  const { name } = fault
  const { within, abortIf = [], ...limits } = options
  fault.check(lab)
  if (within) assertWithin(lab.topology, fault, within)
  if (lab.history.plan) return planInjection(lab, fault, options, lab.history.plan)
  teller(lab, fault)('planned')
  await lab.noteBaseline()
  const unwatch = watch(lab, name, [abortIf].flat())
  const struck = await strike(lab, fault, limits).catch((error: unknown) => {
    unwatch()
    throw error
  })
  const heal = () => {
    unwatch()
    return struck.heal()
  }
  void struck.over?.then(unwatch, unwatch)
  return {
    name,
    heal: async () => void (await heal()),
    ended: ended(name, struck.over),
    // A disposer never throws: what failed here is told by the lab when it ends.
    [Symbol.asyncDispose]: () =>
      heal().then(
        () => undefined,
        (error: unknown) => lab.blame(`heal ${name}`, error),
      ),
  }
}

function ended(name: string, over: Promise<unknown> | undefined): Condition<Lab> {
  let how: { readonly failed?: unknown } | undefined
  over?.then(
    () => {
      how = {}
    },
    (failed: unknown) => {
      how = { failed }
    },
  )
  return {
    name: `${name} to be over`,
    look: async () => {
      if (!over) throw endless(name)
      if (how && 'failed' in how) throw how.failed
      return { holds: how !== undefined, saw: how ? 'it is over' : 'it goes on' }
    },
  }
}
