// The stages of a bring-up, as the histories of several labs tell them.

import type { Event } from '../../lab/events.ts'
import { human } from '../../lab/time.ts'
import { spread } from '../statistics.ts'
import { type Column, range, table } from '../table.ts'

/** Something that the lab did, or waited for, on its way to ready. Stages overlap where the lab works in parallel. */
export type Stage = {
  /** '20 containers started', 'BFD up on both ends' */
  readonly name: string
  readonly tookNs: number
  /** When it was done, since the lab was asked for. */
  readonly doneNs: number
}

/** Stages of one lab, in the order they ended. `readyNs`: from asking for the lab to having it. */
export function stages(events: readonly Event[], readyNs: number): Stage[] {
  const ready = events.findLast((event) => event.kind === 'act' && event.text === 'ready')
  if (!ready) return []
  // The history begins a moment after the lab was asked for, and `ready` is its last act before it is handed over.
  const aheadNs = readyNs - ready.atNs
  return events.flatMap((event) => {
    const name = event.kind === 'act' ? event.text : event.kind === 'waited' ? event.condition : undefined
    if (name === undefined || event === ready || event.atNs > ready.atNs) return []
    if (!('tookNs' in event) || event.tookNs === undefined) return []
    return [{ name, tookNs: event.tookNs, doneNs: event.atNs + aheadNs }]
  })
}

const COLUMNS: readonly Column[] = [
  { title: 'stage' },
  { title: 'took', right: true },
  { title: 'from–to', right: true },
  { title: 'done at', right: true },
  { title: 'runs', right: true },
]

/** One row for each stage that any run had, medians over the runs that had it, in the order they ended. */
export function stageTable(runs: readonly (readonly Stage[])[]): string {
  const names = Map.groupBy(runs.flat(), ({ name }) => name)
  const rows = [...names].map(([name, all]) => ({
    name,
    took: spread(all.map(({ tookNs }) => tookNs)),
    done: spread(all.map(({ doneNs }) => doneNs)),
  }))
  rows.sort((a, b) => a.done.median - b.done.median)
  return table(
    COLUMNS,
    rows.map(({ name, took, done }) => [
      name,
      human(took.median),
      range(took),
      `+${human(done.median)}`,
      `${took.count} of ${runs.length}`,
    ]),
  )
}
