// What of a lab outlasts the scenario that uses it: containers, consoles, monitors. What it is told goes
// to whoever uses it now.

import { connectEngine, type Engine } from './engine/client.ts'
import { startGuard } from './engine/guard.ts'
import { sweep } from './engine/sweep.ts'
import { LabError } from './errors.ts'
import { type Fleet, newFleet } from './fleet.ts'
import type { History } from './history.ts'
import { imageName } from './image/name.ts'
import { newRelay, type Relay } from './relay.ts'
import type { Topology } from './topology/types.ts'
import { newUndoStack, type UndoStack } from './undo.ts'

export type Ground = {
  /** Of the lab, unique on the engine: 'two-vpcs-3f9c2a'. */
  readonly name: string
  readonly topology: Topology
  readonly engine: Engine
  readonly fleet: Fleet
  readonly relay: Relay
  /** What must be undone when the lab goes, before its containers do. */
  readonly lasting: UndoStack
}

/** Opens a place for a lab on the engine that answers, and sweeps what dead runs left there. Starts nothing. */
export async function openGround(topology: Topology, name: string, history: History): Promise<Ground> {
  const engine = await connectEngine()
  await assertImage(engine)
  const swept = await sweep(engine)
  if (swept.length > 0) history.record('lab', { kind: 'act', text: `removed ${swept.length} containers of dead runs` })
  const lasting = newUndoStack()
  lasting.defer('guard', (await startGuard()).relieve)
  const relay = newRelay()
  const fleet = newFleet({ engine, lab: name, topology, history: relay.history })
  return { name, topology, engine, fleet, relay, lasting }
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
