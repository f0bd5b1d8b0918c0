// Where a lab is brought up: its name on the engine, its containers, its history and its evidence.

import { channel } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectEngine, type Engine } from './engine/client.ts'
import { startGuard } from './engine/guard.ts'
import { sweep } from './engine/sweep.ts'
import { LabError } from './errors.ts'
import { type Fleet, newFleet } from './fleet.ts'
import { type History, newHistory } from './history.ts'
import { imageName } from './image/name.ts'
import type { Topology } from './topology/types.ts'
import { newUndoStack, type UndoStack } from './undo.ts'

/** Where runs leave their evidence, below the project. */
export const OUT = join(import.meta.dirname, '..', 'reports', 'out')

export type Site = {
  /** Of the lab, unique on the engine: 'two-vpcs-3f9c2a'. */
  readonly name: string
  readonly topology: Topology
  readonly engine: Engine
  readonly fleet: Fleet
  readonly history: History
  /** Folder, absolute. */
  readonly evidence: string
  readonly undo: UndoStack
  readonly signal: AbortSignal | undefined
  /** Takes a step and tells the history how long it took. */
  readonly act: <T>(text: string, step: () => Promise<T>) => Promise<T>
}

export type SiteOptions = {
  readonly name: string
  /** Folder that is there, absolute. */
  readonly evidence: string
  readonly signal?: AbortSignal | undefined
}

/** Opens a site on the engine that answers, and sweeps what dead runs left there. Starts nothing. */
export async function openSite(topology: Topology, { name, evidence, signal }: SiteOptions): Promise<Site> {
  const history = newHistory(join(evidence, 'history.jsonl'))
  const events = channel('ovn-gameday:event')
  history.watch((event) => events.publish({ evidence, event }))
  writeFileSync(join(evidence, 'topology.json'), JSON.stringify(topology, null, 2))
  const engine = await connectEngine()
  await assertImage(engine)
  const swept = await sweep(engine)
  const undo = newUndoStack()
  undo.defer('guard', (await startGuard()).relieve)
  if (swept.length > 0) history.record('lab', { kind: 'act', text: `removed ${swept.length} containers of dead runs` })
  return {
    name,
    topology,
    engine,
    fleet: newFleet({ engine, lab: name, topology, history }),
    history,
    evidence,
    undo,
    signal,
    act: async (text, step) => {
      const from = history.now()
      const value = await step()
      history.record('lab', { kind: 'act', text, tookNs: history.now() - from })
      return value
    },
  }
}

/** Throws LabError where there is no lab image: the engine would look for it on the internet. */
async function assertImage(engine: Engine): Promise<void> {
  const image = imageName()
  const missing = await engine
    .getImage(image)
    .inspect()
    .then(
      () => false,
      (error: { statusCode?: number }) => {
        if (error.statusCode === 404) return true
        throw error
      },
    )
  if (missing) throw new LabError(`no lab image ${image}; run npm run setup`)
}
