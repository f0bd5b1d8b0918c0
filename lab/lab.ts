// Brings a lab up for a test, proved ready, and takes it down without a trace.

import { randomBytes } from 'node:crypto'
import { bringUp, containersOf } from './bring-up.ts'
import { endLab } from './ending.ts'
import { labs } from './engine/labs.ts'
import { LabError, reason } from './errors.ts'
import { newEvidence } from './evidence.ts'
import { type Handle, newHandle, noteVersions } from './handle.ts'
import { awaitReady } from './ready/index.ts'
import { type Outcome, outcomeOf, type Run, scenarioOf } from './run.ts'
import { OUT, openSite, type Site } from './site.ts'
import { checkTopology } from './topology/check.ts'
import type { Topology } from './topology/types.ts'
import type { Lab } from './types.ts'

export type LabOptions = {
  /** Its name on the engine; without it, one that no other lab has. */
  readonly name?: string
}

/**
 * Starts a lab of this topology for a test, and registers its end with the test. It is ready when
 * this resolves; a start that fails leaves nothing, or with KEEP_LAB what there is. Throws
 * ScenarioError for a broken topology, LabError with the fact that was missing.
 */
export async function startLab(topology: Topology, run: Run = {}, options: LabOptions = {}): Promise<Lab> {
  try {
    return await start(topology, run, options)
  } catch (error) {
    if (error instanceof Error) Error.captureStackTrace(error, startLab) // the scenario's line, not ours
    throw error
  }
}

async function start(topology: Topology, run: Run, options: LabOptions): Promise<Lab> {
  checkTopology(topology)
  const evidence = newEvidence(OUT, scenarioOf(run))
  if (run.task) Object.assign(run.task.meta, { gameday: { evidence } })
  const { name = `${topology.name}-${randomBytes(3).toString('hex')}` } = options
  const site = await openSite(topology, { name, evidence, signal: run.signal })
  await refuseTaken(site)

  let handle: Handle | undefined
  let ending: Promise<readonly string[]> | undefined
  const end = (outcome: Outcome) => {
    ending ??= endLab(site, handle, outcome)
    return ending
  }
  const endCleanly = async (outcome: Outcome) => {
    const wrong = await end(outcome)
    if (wrong.length > 0) throw new LabError(`lab ${name} did not end cleanly: ${wrong.join('; ')}`)
  }
  const coming = (async () => {
    try {
      const plant = await bringUp(site, containersOf(site))
      handle = newHandle(site, plant, async () => {
        if (!run.onTestFinished) await endCleanly('passed')
      })
      const { lab } = handle
      await noteVersions(site)
      await site.act('ready', () => awaitReady(lab))
      return lab
    } catch (cause) {
      const wrong = await end(outcomeOf(run) === 'cancelled' ? 'cancelled' : 'failed')
      const aside = wrong.length > 0 ? `; and cleaning up failed: ${wrong.join('; ')}` : ''
      throw new LabError(`lab ${topology.name} did not come up: ${reason(cause)}${aside}`, { cause })
    }
  })()
  // Registered before it is up: a test that is stopped meanwhile must not leave what comes after.
  run.onTestFinished?.(async () => {
    const up = await coming.catch(() => undefined)
    if (up) await endCleanly(outcomeOf(run))
  }, 60_000)
  return coming
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
