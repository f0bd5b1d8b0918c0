// One fault of many: injected, held, healed, and the lab proved to be as it was.

import type { Drawn } from '../../chaos/catalogue/index.ts'
import { inject } from '../../chaos/index.ts'
import { reason } from '../../lab/errors.ts'
import { steadyState } from '../../lab/ready/steady.ts'
import { residue, type Snapshot } from '../../lab/residue.ts'
import { human } from '../../lab/time.ts'
import type { Lab } from '../../lab/types.ts'
import { reached, waitFor } from '../../lab/until.ts'

export type Once = {
  readonly kind: string
  readonly fault: string
  /** From the call until it was proved to bite; ns. */
  readonly bitNs?: number
  /** From the call to heal until what was broken served again; ns. */
  readonly servedNs?: number
  /** From then until the whole lab was in its steady state; ns. */
  readonly steadyNs?: number
  /** What went wrong: it did not bite, did not heal, or left something. */
  readonly wrong?: string
  /** Whether the lab is as it was, so that the next fault may strike. */
  readonly sound: boolean
}

/** A fault's own condition waits a minute; what is beyond it settles in less. */
const STEADY = '30s'

/** Strikes, holds it for so long, heals, and compares. Never throws. */
export async function once(lab: Lab, { kind, fault }: Drawn, holdNs: number, before: Snapshot): Promise<Once> {
  const about = { kind, fault: fault.name }
  const { now } = lab.history
  const times: { bitNs?: number; servedNs?: number; steadyNs?: number } = {}
  let wrong: string | undefined
  try {
    const calledNs = now()
    const injected = await inject(lab, fault)
    times.bitNs = now() - calledNs
    await reached(lab, now() + holdNs)
    const letGoNs = now()
    await injected.heal()
    times.servedNs = now() - letGoNs
  } catch (error) {
    wrong = reason(error)
  }
  try {
    const { holds, saw, tookNs } = await waitFor(lab, steadyState, { within: STEADY, every: '100ms' })
    if (!holds) return { ...about, ...times, wrong: `no steady state after ${human(tookNs)}: ${saw}`, sound: false }
    times.steadyNs = tookNs
    const left = await residue(lab, before)
    if (left) return { ...about, ...times, wrong: `left behind: ${left}`, sound: false }
  } catch (error) {
    return { ...about, ...times, wrong: reason(error), sound: false }
  }
  return { ...about, ...times, ...(wrong !== undefined && { wrong }), sound: true }
}
