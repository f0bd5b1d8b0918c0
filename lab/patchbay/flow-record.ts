// What a track has seen, written down for the history.

import type { FlowRecord } from '../events.ts'
import { passed, sent, type Track } from './track.ts'

export type Labels = {
  readonly flow: string
  readonly direction: FlowRecord['direction']
  readonly gapNs: number
  /** Source addresses and nodes by the indexes that the track holds, minus 1. */
  readonly addresses: readonly string[]
  readonly nodes: readonly string[]
}

export type Run = { readonly name: string; count: number; readonly firstNs: number; lastNs: number }

/** Unbroken runs of one name, in the order of arrival. */
function runs(track: Track, arrivals: readonly number[], of: Uint16Array, names: readonly string[]): Run[] {
  const all: Run[] = []
  for (const slot of arrivals) {
    const name = names[(of[slot] ?? 0) - 1]
    const atNs = track.outNs[slot] ?? 0
    const last = all.at(-1)
    if (name === undefined) continue
    if (last?.name === name) {
      last.count++
      last.lastNs = atNs
    } else all.push({ name, count: 1, firstNs: atNs, lastNs: atNs })
  }
  return all
}

/**
 * The record of a track's probes that entered the wire before `beforeNs`; what has not passed of them is
 * lost. `overdue` is how many of the others are missing.
 */
export function flowRecord(
  track: Track,
  labels: Labels,
  { beforeNs = Number.POSITIVE_INFINITY, overdue = 0 } = {},
): FlowRecord {
  const slots: number[] = []
  for (let slot = 0; slot < track.size; slot++)
    if (sent(track, slot) && (track.inNs[slot] ?? 0) < beforeNs) slots.push(slot)
  const arrivals = slots
    .filter((slot) => passed(track, slot))
    .sort((a, b) => (track.outNs[a] ?? 0) - (track.outNs[b] ?? 0))
  return {
    kind: 'flow-record',
    flow: labels.flow,
    direction: labels.direction,
    gapNs: labels.gapNs,
    numbers: slots.map((slot) => track.first + slot),
    inNs: slots.map((slot) => track.inNs[slot] ?? 0),
    outNs: slots.map((slot) => (passed(track, slot) ? (track.outNs[slot] ?? 0) : null)),
    duplicates: track.duplicateNs.length,
    duplicateNs: [...track.duplicateNs],
    ...(overdue > 0 ? { overdue } : {}),
    sources: runs(track, arrivals, track.source, labels.addresses).map(({ name, ...run }) => ({
      address: name,
      ...run,
    })),
    paths: runs(track, arrivals, track.via, labels.nodes).map(({ name, ...run }) => ({ via: name, ...run })),
  }
}
