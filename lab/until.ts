// Waiting for facts. The only place where time passes on purpose.

import { setTimeout as pause } from 'node:timers/promises'
import { Finding, LabError } from './errors.ts'
import type { History } from './history.ts'
import { longestStall, STALL_LIMIT_NS } from './patchbay/stalls.ts'
import { type Duration, human, toNs } from './time.ts'

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
  for (;;) {
    lab.signal?.throwIfAborted()
    const { holds, saw } = await condition.look(lab)
    const tookNs = lab.history.now() - from
    if (holds || tookNs > limit) {
      lab.history.record('lab', { kind: 'waited', condition: condition.name, held: holds, saw, tookNs })
      return { holds, saw, tookNs }
    }
    await pause(toNs(every) / 1e6, undefined, { signal: lab.signal })
  }
}

/** Waits for a fact about the network. Throws Finding when it does not come true in time. */
export async function until<L extends Patient>(lab: L, condition: Condition<L>, wait: Wait): Promise<void> {
  const fromNs = lab.history.now()
  const { holds, saw } = await waitFor(lab, condition, wait)
  if (holds) return
  await lab.keepEvidence?.() // now, while the lab still is as it was found
  const stalledNs = longestStall(lab.history, fromNs)
  if (stalledNs >= STALL_LIMIT_NS)
    throw new LabError(
      `invalid: the machine stood still for ${human(stalledNs)} while waiting ${wait.within} for ${condition.name}; last saw ${saw}`,
    )
  const finding = new Finding(`waited ${wait.within} for ${condition.name}; last saw ${saw}`)
  Error.captureStackTrace(finding, until)
  throw finding
}

/** Waits for a fact about the lab itself. Throws LabError when it does not come true in time. */
export async function ready<L extends Patient>(lab: L, condition: Condition<L>, wait: Wait): Promise<void> {
  const { holds, saw, tookNs } = await waitFor(lab, condition, wait)
  if (!holds) throw new LabError(`waited ${human(tookNs)} for ${condition.name}; last saw ${saw}`)
}
