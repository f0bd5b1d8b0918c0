// Brings a lab up for a test, proved ready, and takes it down without a trace.

import { randomBytes } from 'node:crypto'
import { bringUp, containersOf, type Plant } from './bring-up.ts'
import { endLab, type ServeAgain, uncleanEnd } from './ending.ts'
import { labs } from './engine/labs.ts'
import { Aborted, LabError, reason } from './errors.ts'
import { newEvidence } from './evidence.ts'
import { openGround } from './ground.ts'
import { type Handle, newHandle, noteParameters } from './handle.ts'
import { newHistory } from './history.ts'
import { answerCalls } from './kill-switch.ts'
import { plannedLab } from './plan/planned-lab.ts'
import { awaitReady } from './ready/index.ts'
import { type Snapshot, snapshot } from './residue.ts'
import { type Outcome, outcomeOf, type Run, scenarioOf } from './run.ts'
import { shelved, takeOver, unfit } from './serve-again.ts'
import { discard, type Shelf, type Shelved } from './shelf.ts'
import { lastingSite, newSite, OUT, openUse, type Site } from './site.ts'
import { checkTopology } from './topology/check.ts'
import type { Topology } from './topology/types.ts'
import type { Lab } from './types.ts'

export type LabOptions = {
  /** Its name on the engine; without it, one that no other lab has. */
  readonly name?: string
}

/**
 * Starts a lab of this topology for a test, and registers its end with the test. It is ready when
 * this resolves; a start that fails leaves nothing, or with KEEP_LAB what there is. Where the test is only
 * planned, nothing is started. Throws ScenarioError for a broken topology, LabError with the fact that
 * was missing.
 */
export async function startLab(topology: Topology, run: Run = {}, options: LabOptions = {}): Promise<Lab> {
  try {
    return run.plan ? plannedLab(topology, run.plan) : await start(topology, run, options)
  } catch (error) {
    if (error instanceof Error) Error.captureStackTrace(error, startLab) // the scenario's line, not ours
    throw error
  }
}

async function start(topology: Topology, run: Run, options: LabOptions): Promise<Lab> {
  checkTopology(topology)
  const evidence = newEvidence(OUT, scenarioOf(run))
  if (run.task) Object.assign(run.task.meta, { gameday: { evidence } })
  const shelf = options.name ? undefined : run.shelf
  const use = openUse(topology, { evidence, signal: run.signal })
  const found = await shelf?.take(topology)
  const name = options.name ?? `${topology.name}-${randomBytes(3).toString('hex')}`
  let site = newSite(found?.ground ?? (await openGround(topology, name, use.history)), use)
  if (!found) await refuseTaken(site)

  let up: Up | undefined
  let ending: Promise<readonly string[]> | undefined
  const end = (outcome: Outcome) => {
    ending ??= endLab(site, up?.handle, outcome, shelf && up && handOn(shelf, site, up))
    return ending
  }
  const endCleanly = async (outcome: Outcome) => {
    const reasonToEnd: unknown = site.signal.reason
    // Whatever it was about to prove, it was ended before.
    const aborted = outcome === 'passed' && reasonToEnd instanceof Aborted ? reasonToEnd : undefined
    const wrong = await end(aborted ? 'failed' : outcome)
    if (wrong.length > 0) throw new LabError(uncleanEnd(site.name, wrong))
    if (aborted) throw aborted
  }
  const disposed = async () => {
    if (!run.onTestFinished) await endCleanly('passed')
  }
  const coming = (async () => {
    try {
      up = found && (await again(site, found, disposed))
      if (found && !up) site = newSite(await openGround(topology, name, use.history), use)
      up ??= await anew(site, disposed, shelf !== undefined)
      return up.handle.lab
    } catch (cause) {
      const wrong = await end(outcomeOf(run) === 'cancelled' ? 'cancelled' : 'failed')
      const aside = wrong.length > 0 ? `; and cleaning up failed: ${wrong.join('; ')}` : ''
      const told = `lab ${topology.name} did not come up: ${reason(cause)}${aside}`
      throw cause instanceof Aborted ? new Aborted(told, { cause }) : new LabError(told, { cause })
    }
  })()
  // Registered before it is up: a test that is stopped meanwhile must not leave what comes after.
  run.onTestFinished?.(async () => {
    const lab = await coming.catch(() => undefined)
    if (lab) await endCleanly(outcomeOf(run))
  }, 60_000)
  return coming
}

/** A lab in use, and what is known of it that outlasts the use. */
type Up = { readonly handle: Handle; readonly plant: Plant; readonly asNew?: Snapshot; readonly served: number }

/** Brings a lab up. `once`: it may serve again, so that it is noted how it is while it is new. */
async function anew(site: Site, disposed: () => Promise<void>, mayServeAgain: boolean): Promise<Up> {
  const plant = await bringUp(lastingSite(site), containersOf(site))
  const handle = newHandle(site, plant, disposed)
  await noteParameters(site)
  try {
    await site.act('ready', () => awaitReady(handle.lab))
  } catch (error) {
    // Now, while it is as it failed to be; nobody who ends it knows of it.
    if (!site.signal.aborted)
      await handle.lab
        .keepEvidence()
        .catch((cause) => site.history.record('lab', { kind: 'act', text: `evidence not kept: ${reason(cause)}` }))
    throw error
  }
  if (!mayServeAgain) return { handle, plant, served: 1 }
  return { handle, plant, asNew: await site.act('noted as new', () => snapshot(handle.lab)), served: 1 }
}

/** Takes over a lab that waited; one that is not ready again is thrown away. */
async function again(site: Site, found: Shelved, disposed: () => Promise<void>): Promise<Up | undefined> {
  const { plant, asNew, served } = found
  try {
    return { handle: await takeOver(site, found, disposed), plant, asNew, served: served + 1 }
  } catch (error) {
    site.signal.throwIfAborted()
    site.history.record('lab', { kind: 'act', text: `thrown away, it is not as new: ${reason(error)}` })
    await discard(found.ground)
    return undefined
  }
}

/** Nobody uses the lab: whoever asks what is broken there is told that nothing is. */
function rest({ relay, fleet }: Site): void {
  const history = newHistory()
  relay.tell(history)
  answerCalls({ history, fleet, abort: () => undefined })
}

/** Puts a lab that is as it was when it was new where the next scenario finds it. */
const handOn =
  (shelf: Shelf, site: Site, { plant, asNew, served }: Up): ServeAgain =>
  async (lab, last) => {
    if (!asNew) return 'nobody noted how it was when it was new'
    const different = await unfit(lab, asNew)
    if (different) return different
    last()
    rest(site)
    shelf.put(shelved({ site, plant, asNew, served }))
    return undefined
  }

/** A lab is one set of containers: two under one name would be neither. */
async function refuseTaken({ engine, name }: Site): Promise<void> {
  const taken = (await labs(engine)).find((lab) => lab.name === name)
  if (!taken) return
  const whose =
    taken.standing === 'stays' ? `it stays until npm run lab:down ${name}` : `process ${taken.maker} owns it`
  throw new LabError(
    `a lab ${name} is already up, a ${taken.topology} of ${taken.containers.length} containers; ${whose}`,
  )
}
