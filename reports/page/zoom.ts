// Where to look closer: around every strike and heal, and the loss that followed.

import type { FlowRecord } from '../../lab/events.ts'
import { lossPeriods, spanOf } from '../loss.ts'
import { middle, type Phase } from '../windows.ts'
import type { View } from './bins.ts'

export type Zoom = { readonly name: string; readonly originNs: number; readonly view: View }

/** Below this there is nothing to see: a probe or two. */
const SHORTEST_NS = 20e6

/**
 * The longest loss of a phase with a third of its length around it, from the strike or heal on where
 * that is near. None where nothing long was lost, or where the whole run shows it as well.
 */
export function zoomOn(phase: Phase, records: readonly FlowRecord[], whole: View): Zoom | undefined {
  if (!phase.since) return undefined
  const losses = records
    .flatMap(lossPeriods)
    .filter(({ began }) => began.toNs >= phase.fromNs && began.toNs < phase.toNs)
    .map((period) => ({ began: middle(period.began), ended: middle(period.ended), ns: spanOf(period).ns }))
  const longest = losses.reduce((a, b) => (b.ns > a.ns ? b : a), { began: 0, ended: 0, ns: 0 })
  if (longest.ns < SHORTEST_NS) return undefined
  const origin = middle(phase.since)
  const near = longest.began - origin < 3 * longest.ns
  const margin = longest.ns / 3
  const fromNs = Math.max(whole.fromNs, (near ? Math.min(origin, longest.began) : longest.began) - margin)
  const toNs = Math.min(whole.toNs, longest.ended + margin)
  if (toNs - fromNs > 0.6 * (whole.toNs - whole.fromNs)) return undefined
  return { name: phase.name, originNs: origin, view: { fromNs, toNs } }
}
