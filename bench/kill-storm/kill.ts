// One kill: a run is started, struck at a moment, and looked after until nothing can be left.

import type { Engine } from '../../lab/engine/client.ts'
import { poll } from '../bench.ts'
import { doing } from './doing.ts'
import { look } from './look.ts'
import type { Process } from './processes.ts'
import { SCENARIO, startScenario, type Victim } from './run.ts'
import { claim, newOwn, type Trace, tally, traces } from './traces.ts'

/** When the machine is judged after a kill. */
export const GRACE_MS = 15_000

export type Kill = {
  /** When it struck, ms since the run was started. */
  readonly atMs: number
  /** '+2.85s chassis booted' */
  readonly was: string
  /** Containers of its lab that were ever seen; 0: it had none yet, or none any more. */
  readonly containers: number
  /** When the last trace was gone, ms since the kill; undefined: some are left. */
  readonly goneMs: number | undefined
  readonly left: readonly Trace[]
}

/** A run that ended before it could be killed. */
export type Over = { readonly exit: number | null }

/** Kills a run at this moment, ms since its start. */
export async function killAt(engine: Engine, victim: Victim, momentMs: number): Promise<Kill | Over> {
  const before = await look(engine)
  const run = startScenario()
  const own = newOwn(run.session)
  const sinceStart = () => Date.now() - run.startedAt
  try {
    await poll(
      'the moment to come',
      async () => {
        claim(own, await look(engine))
        return { holds: sinceStart() >= momentMs || run.ended(), saw: run.lastLine() }
      },
      { within: '10min', every: '100ms' },
    )
    let struck: Process | undefined
    const strike = async () => {
      struck = run.ended() ? undefined : run.strike(victim)
      return { holds: struck !== undefined || run.ended(), saw: run.lastLine() }
    }
    await poll(`${victim} to be there and be struck`, strike, { within: '10min', every: '20ms' })
    const atMs = sinceStart()
    if (!struck) return { exit: run.exit() }
    const was = doing(SCENARIO, run.startedAt, run.lastLine())
    let goneMs: number | undefined
    let left: readonly Trace[] = []
    await poll(
      'the grace to be over',
      async () => {
        const lookedMs = sinceStart() - atMs
        const now = await look(engine)
        claim(own, now)
        left = traces(own, before, now)
        goneMs = left.length > 0 ? undefined : (goneMs ?? lookedMs)
        return { holds: lookedMs >= GRACE_MS, saw: tally(left) }
      },
      { within: '2min', every: '200ms' },
    )
    return { atMs, was, containers: own.containers.size, goneMs, left }
  } finally {
    run.bury()
  }
}

/** How long the scenario takes when nobody disturbs it, ms, from its start to its exit. */
export async function usualMs(): Promise<{ tookMs: number; exit: number | null; said: string }> {
  const run = startScenario()
  try {
    await poll('the undisturbed run to end', async () => ({ holds: run.ended(), saw: run.lastLine() }), {
      within: '10min',
      every: '50ms',
    })
    return { tookMs: Date.now() - run.startedAt, exit: run.exit(), said: run.lastLine() }
  } finally {
    run.bury()
  }
}
