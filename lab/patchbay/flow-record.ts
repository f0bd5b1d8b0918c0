// What a track has seen, written down for the history.

import type { FlowRecord } from '../events.ts'
import { passed, sent, type Track } from './track.ts'

export type Labels = {
  readonly flow: string
  readonly of?: string | undefined
  readonly direction: FlowRecord['direction']
  readonly gapNs: number
  /** Source addresses and nodes by the indexes that the track holds, minus 1. */
  readonly addresses: readonly string[]
  readonly nodes: readonly string[]
  /** 'chassis-1 nat-gw-a-1' */
  readonly hops?: readonly string[]
}

/** By the numbers of a track. */
const REACHED = ['sender', 'way', 'receiver'] as const

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

/** Unbroken runs of lost probes that were last met on the same hop, in sending order. */
function lostOn(track: Track, lost: readonly number[], hops: readonly string[]): NonNullable<FlowRecord['lostOn']> {
  const all: { from: string; to: string; count: number; firstNs: number; lastNs: number }[] = []
  for (const slot of lost) {
    const [from, to] = hops[(track.hop[slot] ?? 0) - 1]?.split(' ') ?? []
    const atNs = track.seenNs[slot] ?? 0
    const last = all.at(-1)
    if (from === undefined || to === undefined) continue
    if (last?.from === from && last.to === to)
      Object.assign(last, { count: last.count + 1, lastNs: Math.max(last.lastNs, atNs) })
    else all.push({ from, to, count: 1, firstNs: atNs, lastNs: atNs })
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
  const late = slots.filter((slot) => !passed(track, slot) && !Number.isNaN(track.outNs[slot]))
  const lost = slots.filter((slot) => !passed(track, slot))
  const arrivals = slots
    .filter((slot) => passed(track, slot))
    .sort((a, b) => (track.outNs[a] ?? 0) - (track.outNs[b] ?? 0))
  return {
    kind: 'flow-record',
    flow: labels.flow,
    ...(labels.of === undefined ? {} : { of: labels.of }),
    direction: labels.direction,
    gapNs: labels.gapNs,
    numbers: slots.map((slot) => track.first + slot),
    inNs: slots.map((slot) => track.inNs[slot] ?? 0),
    outNs: slots.map((slot) => (passed(track, slot) ? (track.outNs[slot] ?? 0) : null)),
    lastSeenNs: lost.map((slot) => (track.reached[slot] ? (track.seenNs[slot] ?? 0) : (track.inNs[slot] ?? 0))),
    reached: lost.map((slot) => REACHED[track.reached[slot] ?? 0] ?? 'sender'),
    lostOn: lostOn(track, lost, labels.hops ?? []),
    duplicates: track.duplicateNs.length,
    duplicateNs: [...track.duplicateNs],
    lateInNs: late.map((slot) => track.inNs[slot] ?? 0),
    ...(overdue > 0 ? { overdue } : {}),
    sources: runs(track, arrivals, track.source, labels.addresses).map(({ name, ...run }) => ({
      address: name,
      ...run,
    })),
    paths: runs(track, arrivals, track.via, labels.nodes).map(({ name, ...run }) => ({ via: name, ...run })),
  }
}
