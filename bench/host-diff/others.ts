// The engine mounts a root for every container, also for those of other labs that come and go meanwhile.

import type { Engine } from '../../lab/engine/client.ts'
import { labs } from '../../lab/engine/labs.ts'
import type { Snapshot } from './snapshot.ts'

/** What the mounts of a container are told by: its id, and with older storage drivers the path of its root. */
export type Others = ReadonlyMap<string, readonly string[]>

/** Containers of labs that are there now: all of them, or those that somebody still wants. */
export async function otherLabs(engine: Engine | undefined, { wanted }: { wanted: boolean }): Promise<Others> {
  if (!engine) return new Map()
  const some = (await labs(engine)).filter(({ standing }) => !wanted || standing !== 'orphan')
  const marks = some
    .flatMap(({ containers }) => containers)
    .map(async ({ id }): Promise<[string, string[]]> => {
      const { GraphDriver } = await engine
        .getContainer(id)
        .inspect()
        .catch(() => ({ GraphDriver: undefined }))
      const root = (GraphDriver?.Data as Record<string, string> | null | undefined)?.MergedDir
      return [id, root ? [id, root] : [id]]
    })
  return new Map(await Promise.all(marks))
}

/** The snapshot without the mounts of these containers. */
export function without(others: Others, snapshot: Snapshot): Snapshot {
  const marks = [...others.values()].flat()
  const mine = (snapshot.get('mounts') ?? []).filter((line) => !marks.some((mark) => line.includes(mark)))
  return new Map(snapshot).set('mounts', mine)
}
