// Many probes on few pixels: bins in which every lost probe still shows.

import type { FlowRecord } from '../../lab/events.ts'

/** Neighbouring bins of the same kind in one stretch. */
export type Stretch = {
  readonly fromNs: number
  readonly toNs: number
  /** Of the probes that entered the wire here; 1: all were lost. */
  readonly lostShare: number
  readonly lost: number
}

export type View = { readonly fromNs: number; readonly toNs: number }

/** Stretches in which probes were sent. A bin holds two probes at least, or an even rate would seem to flicker. */
export function stretches({ inNs, outNs, gapNs }: FlowRecord, { fromNs, toNs }: View, pixels: number): Stretch[] {
  const count = Math.max(1, Math.min(pixels, Math.floor((toNs - fromNs) / (2 * gapNs))))
  const width = (toNs - fromNs) / count
  const sent = new Array<number>(count).fill(0)
  const lost = new Array<number>(count).fill(0)
  inNs.forEach((ns, i) => {
    const bin = Math.floor((ns - fromNs) / width)
    if (bin < 0 || bin >= count) return
    sent[bin] = (sent[bin] ?? 0) + 1
    if (outNs[i] === null) lost[bin] = (lost[bin] ?? 0) + 1
  })
  const all: Stretch[] = []
  sent.forEach((total, bin) => {
    if (total === 0) return
    const start = fromNs + bin * width
    const missed = lost[bin] ?? 0
    const lostShare = missed / total
    const last = all.at(-1)
    const joins = last && last.lostShare === lostShare && Math.abs(last.toNs - start) < width / 2
    if (joins) all[all.length - 1] = { ...last, toNs: start + width, lost: last.lost + missed }
    else all.push({ fromNs: start, toNs: start + width, lostShare, lost: missed })
  })
  return all
}
