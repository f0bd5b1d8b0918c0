// A flow leaves one gateway for another: how long that took, and what the other way costs (RFC 6414). Packets
// are told by the gateway that each was seen at, and timed as they entered the wire: what the path's own delay
// adds or takes away does not count.

import type { FlowRecord } from '../events.ts'
import { firstFrom, type Window } from '../loss/window.ts'
import { quantile, sorted } from './distribution.ts'

export type Switchover = {
  /** 'nat-gw-a-1' */
  readonly from: string
  readonly to: string
  /** From the last packet that arrived by the old path to the first by the new one that is not left again, ns. */
  readonly ns: number
  /** The gaps between probes at both edges: the path changed somewhere in them, ns. */
  readonly boundNs: number
  /** When those two entered the wire. */
  readonly lastNs: number
  readonly firstNs: number
}

/**
 * The Failover or Reversion Time of RFC 6414 by its Timestamp-Based Method: from the last unimpaired packet on
 * the path that a window begins with to the first unimpaired one on the path that it ends with. Packets that
 * arrive by turns from both are overtaking each other, thus impaired, and lie between. Or why there is none.
 */
export function switchover({ paths, inNs, outNs }: FlowRecord, { fromNs, toNs }: Window): Switchover | string {
  const old = paths.findLast(({ firstNs }) => firstNs < fromNs)
  if (!old) return 'no gateway was seen before'
  const later = paths.filter(({ firstNs }) => firstNs >= fromNs && firstNs < toNs)
  const last = later.at(-1)
  if (!last || (last.via === old.via && later.length === 1)) return `nothing arrived by any other than ${old.via}`
  if (last.via === old.via) return `went by ${later[0]?.via} and back to ${old.via}`
  const before = outNs.indexOf(old.lastNs)
  const after = outNs.findIndex((out, i) => i > before && out !== null && out >= last.firstNs)
  if (before < 0 || after < 0) return `nothing arrived in order by ${last.via}`
  const at = (i: number) => inNs[i] ?? 0
  return {
    from: old.via,
    to: last.via,
    ns: at(after) - at(before),
    boundNs: at(before + 1) - at(before) + at(after) - at(after - 1),
    lastNs: at(before),
    firstNs: at(after),
  }
}

/** Fewer packets than that have no median worth telling. */
const FEWEST = 20

/** One-way delays of what entered in a window and arrived by a path, sorted, ns. */
function delaysBy({ inNs, outNs, paths }: FlowRecord, via: string, { fromNs, toNs }: Window): Float64Array {
  const runs = paths.filter((run) => run.via === via)
  const delays: number[] = []
  for (let i = firstFrom(inNs, fromNs); i < inNs.length && (inNs[i] ?? 0) < toNs; i++) {
    const out = outNs[i] ?? null
    if (out === null || !runs.some(({ firstNs, lastNs }) => out >= firstNs && out <= lastNs)) continue
    delays.push(out - (inNs[i] ?? 0))
  }
  return sorted(delays)
}

const middleHalf = (delays: Float64Array) => quantile(delays, 0.75) - quantile(delays, 0.25)

export type BackupDelay = { readonly ns: number; readonly boundNs: number }

/**
 * Additive Backup Delay (RFC 6414): how much longer the backup path takes, median against the median of the
 * primary path before. Bound: the wider of the two middle halves, for less than that is this machine's mood.
 */
export function additiveBackupDelay(
  record: FlowRecord,
  { from, to, firstNs }: Switchover,
  before: Window,
  during: Window,
): BackupDelay | undefined {
  const primary = delaysBy(record, from, before)
  const backup = delaysBy(record, to, { fromNs: firstNs, toNs: during.toNs })
  if (primary.length < FEWEST || backup.length < FEWEST) return undefined
  return {
    ns: quantile(backup, 0.5) - quantile(primary, 0.5),
    boundNs: Math.max(middleHalf(primary), middleHalf(backup)),
  }
}
