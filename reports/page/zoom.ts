// Where to look closer: around every strike and heal, and the loss that followed.

import type { Bracket, FlowRecord } from '../../lab/events.ts'
import { type LossPeriod, lossPeriods, middle } from '../../lab/loss/loss-period.ts'
import { type Phase, stretchIn } from '../../lab/loss/phase.ts'
import type { View } from './bins.ts'

export type Zoom = { readonly name: string; readonly originNs: number; readonly view: View }

/** Below this there is nothing to see: a probe or two. */
const SHORTEST_NS = 20e6

/** Where an edge of a loss is drawn; one that was not seen, at the probe next to it. */
const drawn = (edge: Bracket, probeNs: number): number =>
  Number.isFinite(edge.toNs - edge.fromNs) ? middle(edge) : probeNs

function extent({ begins, ends }: LossPeriod) {
  const [began, ended] = [drawn(begins, begins.toNs), drawn(ends, ends.fromNs)]
  return { began, ended, ns: ended - began }
}

/**
 * The longest loss of a phase with a third of its length around it, from the strike or heal on where
 * that is near. None where nothing long was lost, or where the whole run shows it as well.
 */
export function zoomOn(phase: Phase, records: readonly FlowRecord[], whole: View): Zoom | undefined {
  if (!phase.begins) return undefined
  const losses = records.flatMap((record) => lossPeriods(record, stretchIn(phase, record))).map(extent)
  const longest = losses.reduce((a, b) => (b.ns > a.ns ? b : a), { began: 0, ended: 0, ns: 0 })
  if (longest.ns < SHORTEST_NS) return undefined
  const origin = middle(phase.begins.origin)
  const near = longest.began - origin < 3 * longest.ns
  const margin = longest.ns / 3
  const fromNs = Math.max(whole.fromNs, (near ? Math.min(origin, longest.began) : longest.began) - margin)
  const toNs = Math.min(whole.toNs, longest.ended + margin)
  if (toNs - fromNs > 0.6 * (whole.toNs - whole.fromNs)) return undefined
  return { name: phase.name, originNs: origin, view: { fromNs, toNs } }
}
