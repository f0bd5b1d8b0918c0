// One strike: applies a fault, proves that it bites, and says how to put it back.

import type { Armory } from '../lab/armory.ts'
import { Aborted, LabError } from '../lab/errors.ts'
import type { Bracket, FaultPhase } from '../lab/events.ts'
import { type Duration, human } from '../lab/time.ts'
import type { Lab } from '../lab/types.ts'
import { waitFor } from '../lab/until.ts'
import type { Applied, Fault } from './fault.ts'

/** What a fault is given where nothing else is asked for. */
export const [EFFECTIVE_WITHIN, RESTORED_WITHIN] = ['2s', '60s'] as const satisfies readonly Duration[]

/** How long a fault may take to show in the world, and its target to serve again. */
export type Limits = { readonly effectiveWithin?: Duration; readonly restoredWithin?: Duration }

export type Struck = {
  /** When it took hold. */
  readonly bracket: Bracket
  /** Heals once, waits until what was broken serves again, and resolves with when it let go. */
  readonly heal: () => Promise<Bracket>
  readonly over?: Promise<Bracket>
}

/** Tells the history how a fault moves on. */
export function teller(lab: Pick<Lab, 'history'>, { name, targets }: Pick<Fault, 'name' | 'targets'>) {
  return (phase: FaultPhase, more: { bracket?: Bracket; proof?: string } = {}, atNs?: number) =>
    lab.history.record('chaos', { kind: 'fault', fault: name, phase, targets, ...more }, atNs)
}

/** Throws LabError (the run is invalid) when the fault does not bite, after healing it. */
export async function strike(lab: Lab, fault: Fault, limits: Limits = {}): Promise<Struck> {
  const { effectiveWithin = EFFECTIVE_WITHIN, restoredWithin = RESTORED_WITHIN } = limits
  const applied = await (lab.armory ? applyArmed(lab, lab.armory, fault) : fault.apply(lab))
  const tell = teller(lab, { name: fault.name, targets: applied.targets ?? fault.targets })
  tell('applied', { bracket: applied.bracket }, applied.bracket.fromNs)
  let letGo: Promise<Bracket> | undefined
  const letGoOnce = () => {
    letGo ??= put(lab, fault, applied, restoredWithin)
    return letGo
  }
  const once = lab.defer(`heal ${fault.name}`, async () => void (await letGoOnce()))
  // A run that is aborted heals at once, whatever its scenario waits for.
  const atOnce = () => {
    if (lab.signal?.reason instanceof Aborted) once().catch((error: unknown) => lab.blame(`heal ${fault.name}`, error))
  }
  lab.signal?.addEventListener('abort', atOnce)
  atOnce() // it may have been aborted while this struck
  const proof = await proved(lab, fault, applied, effectiveWithin, once)
  tell('effective', { proof })
  // A fault that ends by itself tells of it the moment it does, whether or not anybody asks.
  void applied.over?.then(once).catch(() => undefined)
  return {
    bracket: applied.bracket,
    heal: async () => {
      await once()
      return letGoOnce()
    },
    ...(applied.over && { over: applied.over }),
  }
}

/** On a lab that outlives us nothing is broken that would not heal there by itself. */
async function applyArmed(lab: Lab, armory: Armory, fault: Fault): Promise<Applied> {
  const instant = () => ({ fromNs: lab.history.now(), toNs: lab.history.now() })
  const applied = await fault.apply(lab).catch(async (error: unknown) => {
    await armory.heal(async () => instant()) // it has put back itself what it had begun
    throw error
  })
  if (armory.waiting() > 0) return { ...applied, heal: () => armory.heal(applied.heal) }
  await applied.heal()
  throw new LabError(`${fault.name} cannot heal by itself in a lab that stays; it was healed at once`)
}

async function proved(lab: Lab, { name }: Fault, applied: Applied, within: Duration, heal: () => Promise<void>) {
  const { holds, saw, tookNs } = await waitFor(lab, applied.effective, { within })
  if (holds) return saw
  await heal()
  throw new LabError(
    `invalid: ${name} did not bite: waited ${human(tookNs)} for ${applied.effective.name}; last saw ${saw}`,
  )
}

async function put(lab: Lab, fault: Fault, { heal, restored }: Applied, within: Duration): Promise<Bracket> {
  const tell = teller(lab, fault)
  tell('healing')
  const bracket = await heal()
  tell('healed', { bracket })
  const waited = waitFor(lab, restored, { within, every: '100ms' })
  const served = await waited.catch((error: unknown) => {
    if (!lab.signal?.aborted) throw error
  })
  if (!served) return bracket // told to stop: healed it is, but nobody waits for what comes after
  const { holds, saw, tookNs } = served
  if (!holds)
    throw new LabError(`${fault.name} healed, but waited ${human(tookNs)} for ${restored.name}; last saw ${saw}`)
  tell('gone', { proof: saw })
  return bracket
}
