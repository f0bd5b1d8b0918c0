// A window of time on one direction of a flow, and what its record tells of it.

import type { Direction, FlowRecord } from '../events.ts'
import { type History, ofKind } from '../history.ts'

/** From one instant up to, not including, another; ns since the history's epoch. */
export type Window = { readonly fromNs: number; readonly toNs: number }

/** What bears a name from the story: a flow, a fault. */
export type Named = { readonly name: string }

/** The second before a fault shows whether all was well until then. */
export const STEADY_NS = 1e9

/**
 * Why a record does not tell of a window's end: it was written while probes were missing that may yet
 * pass. Nothing if it does.
 */
export function untold({ overdue = 0, inNs }: FlowRecord, { toNs }: Window): string | undefined {
  if (overdue === 0 || toNs <= (inNs.at(-1) ?? Number.NEGATIVE_INFINITY)) return undefined
  return `${overdue} probes were missing at the end and may yet pass`
}

/** Index of the first time at or after this one, in a list that ascends. */
export function firstFrom(times: readonly number[], ns: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) < ns) low = middle + 1
    else high = middle
  }
  return low
}

/** The records of a flow, or of all flows of a stream, in one direction: of each flow the last one written. */
export function recordsOf(history: Pick<History, 'events'>, { name }: Named, direction: Direction): FlowRecord[] {
  const mine = ofKind(history, 'flow-record').filter(
    (record) => record.direction === direction && (record.flow === name || record.of === name),
  )
  return [...new Map(mine.map((record) => [record.flow, record])).values()]
}
