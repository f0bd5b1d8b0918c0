// One kill: a run is started, struck at a moment, and looked after until nothing can be left.

import type { Engine } from '../../lab/engine/client.ts'
import { poll } from '../bench.ts'
import { doing } from './doing.ts'
import { IN_FORCE } from './faults.ts'
import { look } from './look.ts'
import type { Process } from './processes.ts'
import { type Held, type Run, SCENARIO, startHolding, startScenario, type Victim } from './run.ts'
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
export type Over = { readonly exit: number | null; readonly said: string }

/** Kills a run of the scenario at this moment, ms since its start. */
export const killAt = (engine: Engine, victim: Victim, momentMs: number): Promise<Kill | Over> =>
  killRun(engine, () => startScenario(victim), {
    is: (sinceStartMs) => sinceStartMs >= momentMs,
    was: ({ startedAt, lastLine }) => doing(SCENARIO, startedAt, lastLine()),
  })

/** Kills whoever holds a lab with this fault in force, so many ms after it has taken effect. */
export const killDuring = (engine: Engine, held: Held, afterMs: number): Promise<Kill | Over> => {
  let sinceMs: number | undefined
  return killRun(engine, () => startHolding(held), {
    is: (sinceStartMs, { lastLine }) => {
      if (!lastLine().startsWith(IN_FORCE)) return false
      sinceMs ??= sinceStartMs
      return sinceStartMs >= sinceMs + afterMs
    },
    was: ({ lastLine }) => lastLine().slice(IN_FORCE.length),
  })
}

type Moment = {
  /** Whether it has come. */
  readonly is: (sinceStartMs: number, run: Run) => boolean
  /** What the run was doing. */
  readonly was: (run: Run) => string
}

async function killRun(engine: Engine, start: () => Run, moment: Moment): Promise<Kill | Over> {
  const before = await look(engine)
  const run = start()
  const own = newOwn(run.session)
  const sinceStart = () => Date.now() - run.startedAt
  try {
    await poll(
      'the moment to come',
      async () => {
        claim(own, await look(engine))
        return { holds: moment.is(sinceStart(), run) || run.ended(), saw: run.lastLine() }
      },
      { within: '10min', every: '100ms' },
    )
    let struck: Process | undefined
    const strike = async () => {
      struck = run.ended() ? undefined : run.strike()
      return { holds: struck !== undefined || run.ended(), saw: run.lastLine() }
    }
    await poll('the victim to be there and be struck', strike, { within: '10min', every: '20ms' })
    const atMs = sinceStart()
    if (!struck) return { exit: run.exit(), said: run.lastLine() }
    const was = moment.was(run)
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
  const run = startScenario('main')
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
