// Finds and removes what dead runs left on this engine. A living run's labs, and labs that were
// started to stay, are never touched.

import type { Engine } from './client.ts'
import { removeContainer } from './container.ts'
import { LABEL, NOBODY, ownerLives } from './labels.ts'

export type LabContainer = {
  readonly id: string
  readonly lab: string
  readonly node: string
  readonly topology: string
  readonly owner: string
  readonly state: string
}

/** Every container of every lab on the engine. */
export async function labContainers(engine: Engine): Promise<LabContainer[]> {
  const list = await engine.listContainers({ all: true, filters: { label: [LABEL.lab] } })
  return list.map(({ Id, Labels, State }) => ({
    id: Id,
    lab: Labels[LABEL.lab] ?? '',
    node: Labels[LABEL.node] ?? '',
    topology: Labels[LABEL.topology] ?? '',
    owner: Labels[LABEL.owner] ?? '',
    state: State,
  }))
}

/** Removes the containers of runs that are no more. Returns what was removed. */
export async function sweep(engine: Engine): Promise<LabContainer[]> {
  const orphans = (await labContainers(engine)).filter(({ owner }) => owner !== NOBODY && !ownerLives(owner))
  await Promise.all(orphans.map(({ id }) => removeContainer(engine, id)))
  return orphans
}
