// What the checks would say of each outage that was made, beside what it was. The figures come from the
// arithmetic that claims and reports use.

import type { FlowRecord } from '../../lab/events.ts'
import { connectivity } from '../../lab/loss/connectivity.ts'
import { firstFrom, type Window } from '../../lab/loss/window.ts'
import { type Cut, lengthOf, windows } from './cut.ts'

/** One outage, as one direction of one flow tells it. */
export type Compared = {
  readonly trueNs: number
  readonly measuredNs: number
  /** The measurement's own word on how far off it is, ns. */
  readonly boundNs: number
  /** Measured minus true, ns. */
  readonly errorNs: number
  /** The truth lies within the bound. */
  readonly inside: boolean
  /** No loss period met the outage. */
  readonly missed: boolean
  /** Loss periods elsewhere in the outage's window: nobody made an outage there. */
  readonly invented: number
  /** Lost probes of the window that the switch did not drop: the lab lost them by itself. */
  readonly ownLosses: number
}

/** From the tap's stamp to the program that drops, in the same turn of the kernel. */
const TURN_NS = 50e3

/** Lost probes of a window that were not where the switch is, or not while it was off. */
function ownLosses(
  { direction, inNs, outNs, lastSeenNs = [], reached = [] }: FlowRecord,
  { off, on }: Cut,
  at: Window,
) {
  const place = direction === 'forward' ? 'sender' : 'receiver'
  const [first, end] = [firstFrom(inNs, at.fromNs), firstFrom(inNs, at.toNs)]
  let rank = 0
  let own = 0
  for (let i = 0; i < end; i++) {
    if (outNs[i] !== null) continue
    const metNs = lastSeenNs[rank] ?? Number.NaN
    const dropped = reached[rank] === place && metNs >= off.fromNs - TURN_NS && metNs <= on.toNs + TURN_NS
    if (i >= first && !dropped) own++
    rank++
  }
  return own
}

/** Every cut, in order, as a record tells it. */
export function compare(record: FlowRecord, cuts: readonly Cut[]): Compared[] {
  const seen = windows(cuts)
  return cuts.map((cut, i): Compared => {
    const window = seen[i] ?? { fromNs: 0, toNs: 0 }
    const { periods, outageNs, boundNs } = connectivity(record, window)
    const truth = lengthOf(cut)
    const met = periods.filter(({ begins, ends }) => begins.fromNs <= cut.on.toNs && ends.toNs >= cut.off.fromNs)
    const errorNs = outageNs - truth.ns
    return {
      trueNs: truth.ns,
      measuredNs: outageNs,
      boundNs,
      errorNs,
      inside: Math.abs(errorNs) <= boundNs + truth.boundNs,
      missed: met.length === 0,
      invented: periods.length - met.length,
      ownLosses: ownLosses(record, cut, window),
    }
  })
}

/** Probes that the taps saw pass, copies included: as many as the far end heard, by its own count. */
export const delivered = ({ outNs, duplicates, lateInNs = [] }: FlowRecord): number =>
  outNs.filter((out) => out !== null).length + duplicates + lateInNs.length
