// Strikes: checks, applies, proves, and hands over the way back.

import { LabError } from '../lab/errors.ts'
import type { FaultPhase } from '../lab/events.ts'
import { type Duration, human } from '../lab/time.ts'
import type { Lab } from '../lab/types.ts'
import { waitFor } from '../lab/until.ts'
import type { Applied, Fault } from './fault.ts'

/** A fault that was injected. Letting go of it heals. */
export type Injected = {
  readonly name: string
  /** Heals, and waits until what was broken serves again. Healing twice heals once. */
  readonly heal: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** How long a fault may take to show in the world, and its target to serve again. */
type Limits = { readonly effectiveWithin?: Duration; readonly restoredWithin?: Duration }

/**
 * Injects a fault. Throws ScenarioError before anything is touched for a target that the lab has
 * not; LabError (the run is invalid) when the fault does not bite, after healing it.
 */
export async function inject(lab: Lab, fault: Fault, limits: Limits = {}): Promise<Injected> {
  const { effectiveWithin = '2s', restoredWithin = '60s' } = limits
  const { name, targets } = fault
  fault.check(lab)
  const tell = (phase: FaultPhase, more: { bracket?: Applied['bracket']; proof?: string } = {}, atNs?: number) =>
    lab.history.record('chaos', { kind: 'fault', fault: name, phase, targets, ...more }, atNs)

  tell('planned')
  await lab.noteBaseline()
  const applied = await fault.apply(lab)
  tell('applied', { bracket: applied.bracket }, applied.bracket.fromNs)
  const heal = lab.defer(`heal ${name}`, async () => {
    tell('healing')
    const bracket = await applied.heal()
    tell('healed', { bracket })
    const waited = waitFor(lab, applied.restored, { within: restoredWithin, every: '100ms' })
    const served = await waited.catch((error: unknown) => {
      if (!lab.signal?.aborted) throw error
    })
    if (!served) return // told to stop: healed it is, but nobody waits for what comes after
    const { holds, saw, tookNs } = served
    if (!holds)
      throw new LabError(`${name} healed, but waited ${human(tookNs)} for ${applied.restored.name}; last saw ${saw}`)
    tell('gone', { proof: saw })
  })
  const { holds, saw, tookNs } = await waitFor(lab, applied.effective, { within: effectiveWithin })
  if (!holds) {
    await heal()
    throw new LabError(
      `invalid: ${name} did not bite: waited ${human(tookNs)} for ${applied.effective.name}; last saw ${saw}`,
    )
  }
  tell('effective', { proof: saw })
  return {
    name,
    heal,
    // A disposer never throws: what failed here is told by the lab when it ends.
    [Symbol.asyncDispose]: () => heal().catch((error: unknown) => lab.blame(`heal ${name}`, error)),
  }
}
