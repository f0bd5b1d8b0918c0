// An outage made on purpose, and known exactly: the workloads' own links carry nothing, both ways, from one
// write to the eBPF program's cells to the next. No daemon is told, so nothing reroutes.

import type { Bracket } from '../../lab/events.ts'
import type { Window } from '../../lab/loss/window.ts'
import type { Lab } from '../../lab/types.ts'
import { reached } from '../../lab/until.ts'
import type { Planned } from './plan.ts'

/** When the switch let go of packets, and when it took them again: each instant lies in its bracket. */
export type Cut = { readonly off: Bracket; readonly on: Bracket }

export const middle = ({ fromNs, toNs }: Bracket): number => (fromNs + toNs) / 2
const width = ({ fromNs, toNs }: Bracket): number => toNs - fromNs

/** Its length, give or take half of the brackets' widths, ns. */
export const lengthOf = ({ off, on }: Cut): { readonly ns: number; readonly boundNs: number } => ({
  ns: middle(on) - middle(off),
  boundNs: (width(off) + width(on)) / 2,
})

/** What is told of each cut: from half-way since the one before to half-way to the next. */
export const windows = (cuts: readonly Cut[]): Window[] =>
  cuts.map(({ off, on }, i) => {
    const before = cuts[i - 1]?.on.toNs
    const after = cuts[i + 1]?.off.fromNs
    return {
      fromNs: before === undefined ? Number.NEGATIVE_INFINITY : (before + off.fromNs) / 2,
      toNs: after === undefined ? Number.POSITIVE_INFINITY : (on.toNs + after) / 2,
    }
  })

/** Makes the planned outages on the links of these workloads, all links at once. */
export async function cut(lab: Lab, workloads: readonly string[], planned: readonly Planned[]): Promise<Cut[]> {
  const headings = workloads
    .flatMap((node) => lab.wires.endsOf(node))
    .flatMap((end) => (['from', 'to'] as const).map((heading) => ({ end, heading })))
  const courses = headings.map((heading) => ({ heading, rule: { loss: 1, duplicate: 0 } }))
  const cuts: Cut[] = []
  for (const { pauseNs, lengthNs } of planned) {
    await reached(lab, lab.history.now() + pauseNs)
    const cutting = await lab.wires.rules.impose('cut', courses)
    await reached(lab, cutting.bracket.toNs + lengthNs)
    cuts.push({ off: cutting.bracket, on: await cutting.lift() })
  }
  await reached(lab, lab.history.now() + (planned[0]?.pauseNs ?? 0))
  return cuts
}
