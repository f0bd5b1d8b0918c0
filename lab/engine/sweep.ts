// Removes what dead runs left on this engine. A living run's labs, and labs that were left to stay,
// are never touched.

import type { Engine } from './client.ts'
import { removeContainer } from './container.ts'
import { type LabContainer, labs } from './labs.ts'

/** Removes the labs of runs that are no more, or of one such run by its `owner()`. Returns the containers that were removed. */
export async function sweep(engine: Engine, maker?: string): Promise<LabContainer[]> {
  const orphans = (await labs(engine))
    .filter(({ standing }) => standing === 'orphan')
    .flatMap(({ containers }) => containers)
    .filter((container) => maker === undefined || container.owner === maker)
  await Promise.all(orphans.map(({ id }) => removeContainer(engine, id)))
  return orphans
}
