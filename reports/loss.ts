// Loss periods (RFC 3357) of one flow in one direction, each with the bounds that the taps give it.

import type { Bracket, FlowRecord } from '../lab/events.ts'

/** Consecutive lost probes. */
export type LossPeriod = {
  readonly lost: number
  /** It began after the last probe that passed, and not later than the first that was lost. */
  readonly began: Bracket
  /** It ended after the last probe that was lost, and not later than the next that passed. */
  readonly ended: Bracket
  /** No probe passed before it, or none after: it may have lasted longer than seen. */
  readonly open: boolean
}

/** How long a loss period lasted: the true value lies within `ns` ± `boundNs`. */
export type Span = { readonly ns: number; readonly boundNs: number; readonly open: boolean }

export function lossPeriods({ inNs, outNs }: Pick<FlowRecord, 'inNs' | 'outNs'>): LossPeriod[] {
  const periods: LossPeriod[] = []
  for (let first = 0; first < inNs.length; first++) {
    if (outNs[first] !== null) continue
    let next = first
    while (next < inNs.length && outNs[next] === null) next++
    const [firstLost = 0, lastLost = 0] = [inNs[first], inNs[next - 1]]
    const [before, after] = [inNs[first - 1], inNs[next]]
    periods.push({
      lost: next - first,
      began: { fromNs: before ?? firstLost, toNs: firstLost },
      ended: { fromNs: lastLost, toNs: after ?? lastLost },
      open: before === undefined || after === undefined,
    })
    first = next
  }
  return periods
}

export const spanOf = ({ began, ended, open }: LossPeriod): Span => ({
  ns: (ended.fromNs + ended.toNs - began.fromNs - began.toNs) / 2,
  boundNs: (ended.toNs - ended.fromNs + began.toNs - began.fromNs) / 2,
  open,
})
