// In which order files run: scenarios of one topology one after another, so that one lab can serve them.

import { readFileSync } from 'node:fs'
import { BaseSequencer, type TestSequencer, type TestSpecification, type Vitest } from 'vitest/node'

/** What a scenario's source starts a lab of: 'withMonitor(twoVpcs)' for `startLab(withMonitor(twoVpcs), run)`; nothing for other files. */
export const topologyIn = (source: string): string => /\bstartLab\(\s*(\w+(?:\(.*?\))?),/s.exec(source)?.[1] ?? ''

/** Keeps the order that there is, but puts what has the same key behind the first of its kind. */
export const grouped = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...Map.groupBy(items, key).values()].flat()

/** For vitest, which wants something that it can call with `new`. */
function topologyOrder(vitest: Vitest): TestSequencer {
  const usual = new BaseSequencer(vitest)
  const key = ({ project, moduleId }: TestSpecification) =>
    project.name === 'scenarios' ? `scenarios ${topologyIn(readFileSync(moduleId, 'utf8'))}` : project.name
  return {
    shard: (files) => usual.shard(files),
    sort: async (files) => grouped(await usual.sort(files), key),
  }
}

export const TopologyOrder = topologyOrder as unknown as new (vitest: Vitest) => TestSequencer
