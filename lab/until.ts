// Waiting for facts. The only place where time passes on purpose.

import { setTimeout as pause } from 'node:timers/promises'
import { Aborted, Finding, LabError } from './errors.ts'
import type { History } from './history.ts'
import { type Duration, human, toNs } from './time.ts'
import { disturbed, measuredFrom } from './timekeeping.ts'

/** Something that is true of the lab or not yet, and what was seen instead. */
export type Condition<L = unknown> = {
  /** 'next hop of 0.0.0.0/0 on lr-vpc-a to be nat-gw-a-2' */
  readonly name: string
  readonly look: (lab: L) => Promise<{ holds: boolean; saw: string }>
}

export type Wait = { readonly within: Duration; readonly every?: Duration }

type Patient = {
  readonly history: History
  readonly signal?: AbortSignal | undefined
  readonly keepEvidence?: () => Promise<void>
}

/** Looks until the condition holds; returns what was last seen and whether it held in time. */
export async function waitFor<L extends Patient>(lab: L, condition: Condition<L>, { within, every = '20ms' }: Wait) {
  const from = lab.history.now()
  const limit = toNs(within)
  if (lab.history.plan) {
    lab.history.plan.note({ does: 'wait', condition: condition.name, within })
    return { holds: true, saw: 'planned', tookNs: 0 }
  }
  for (;;) {
    lab.signal?.throwIfAborted()
    const { holds, saw } = await condition.look(lab)
    const tookNs = lab.history.now() - from
    if (holds || tookNs > limit) {
      lab.history.record('lab', { kind: 'waited', condition: condition.name, held: holds, saw, tookNs })
      return { holds, saw, tookNs }
    }
    await rest(toNs(every) / 1e6, lab.signal)
  }
}

/** Rejects with whatever the signal was aborted for. */
async function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(ms, undefined, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error
  })
}

/**
 * Waits for a fact about the network. Throws Finding when it does not come true in time, and LabError where the machine
 * stood still meanwhile, or before: sessions that it broke then come back now.
 */
export async function until<L extends Patient>(lab: L, condition: Condition<L>, wait: Wait): Promise<void> {
  const fromNs = lab.history.now()
  const { holds, saw } = await waitFor(lab, condition, wait).catch((error: unknown) => {
    if (error instanceof Aborted) Error.captureStackTrace(error, until) // where it was waited, not where it was told
    throw error
  })
  if (holds) return
  await lab.keepEvidence?.() // now, while the lab still is as it was found
  const machine = disturbed(lab.history, Math.min(fromNs, measuredFrom(lab.history)))
  if (machine) throw new LabError(`invalid: ${machine}; waited ${wait.within} for ${condition.name}; last saw ${saw}`)
  const finding = new Finding(`waited ${wait.within} for ${condition.name}; last saw ${saw}`)
  Error.captureStackTrace(finding, until)
  throw finding
}

/** Waits for a fact about the lab itself. Throws LabError when it does not come true in time. */
export async function ready<L extends Patient>(lab: L, condition: Condition<L>, wait: Wait): Promise<void> {
  const { holds, saw, tookNs } = await waitFor(lab, condition, wait)
  if (!holds) throw new LabError(`waited ${human(tookNs)} for ${condition.name}; last saw ${saw}`)
}

/** Waits for an instant of the lab's clock: what is struck for a length of time ends then. Rejects when told to stop. */
export async function reached({ history, signal }: Patient, atNs: number): Promise<void> {
  if (history.plan) return
  for (let leftNs = atNs - history.now(); leftNs > 0; leftNs = atNs - history.now())
    await rest(Math.max(leftNs / 1e6, 0.1), signal)
  signal?.throwIfAborted()
}
