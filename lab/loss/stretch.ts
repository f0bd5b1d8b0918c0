// Which stretch of a run a claim speaks of: during a fault, after it, or all of it.

import { ScenarioError } from '../errors.ts'
import type { Bracket, FlowRecord } from '../events.ts'
import type { History } from '../history.ts'
import { type Strike, strikeOf } from './strike.ts'
import { firstFrom, type Named, STEADY_NS, type Window } from './window.ts'

/** At most one of the two. */
export type When = { readonly during?: Named; readonly after?: Named }

/** ' during death of nat-gw-a-1'. Throws ScenarioError for both at once. */
export function phrase({ during, after }: When): string {
  if (during && after)
    throw new ScenarioError(`during ${during.name} or after ${after.name}: a claim speaks of one stretch`)
  if (during) return ` during ${during.name}`
  return after ? ` after ${after.name}` : ''
}

/** Where a stretch begins or ends: a fault took hold, or its healing began. */
export type Edge = {
  readonly fault: string
  readonly atNs: number
  /** What is told from here counts from this instant: the fault took hold, or let go. */
  readonly origin: Bracket
  /** When the fault struck, at the earliest. */
  readonly struckNs: number
  readonly heals: boolean
}

/**
 * The stretch of a run that a claim on one direction of a flow speaks of. Its times are those at the
 * sender's link, where a packet that the fault then meets has entered a moment ago: so all edges lie
 * earlier by up to the longest delay in the second before the fault.
 */
export type Stretch = Window & {
  readonly fault?: {
    readonly name: string
    /** When it struck, at the earliest. */
    readonly struckNs: number
    /** What the claim counts from: the instant the fault took hold, or let go. */
    readonly origin: Bracket
    /** After a fault: when it let go, as the sender's link saw it. What is still lost then counts from there. */
    readonly letGo?: Bracket
  }
}

export const edgeOfStrike = (fault: string, { applied }: Strike): Edge => ({
  fault,
  atNs: applied.fromNs,
  origin: applied,
  struckNs: applied.fromNs,
  heals: false,
})

/** None for a fault that was not healed. */
export const edgeOfHeal = (fault: string, { applied, healed }: Strike): Edge | undefined =>
  healed && { fault, atNs: healed.beganNs, origin: healed.letGo, struckNs: applied.fromNs, heals: true }

/** From one edge to the next, as the sender's link saw it; without an edge, to the end of the run. */
export function between(record: FlowRecord, from: Edge | undefined, to: Edge | undefined): Stretch {
  const transitNs = ({ struckNs }: Edge) => longestDelay(record, struckNs)
  const edges = {
    fromNs: from ? from.atNs - transitNs(from) : Number.NEGATIVE_INFINITY,
    toNs: to ? to.atNs - transitNs(to) : Number.POSITIVE_INFINITY,
  }
  if (!from) return edges
  const { fault: name, origin } = from
  const letGo = { fromNs: origin.fromNs - transitNs(from), toNs: origin.toNs }
  return { ...edges, fault: { name, struckNs: from.struckNs - transitNs(from), origin, ...(from.heals && { letGo }) } }
}

/** The stretch of a claim; or why it cannot be told. */
export function stretchOf(
  history: Pick<History, 'events'>,
  record: FlowRecord,
  { during, after }: When,
): Stretch | string {
  const named = during ?? after
  if (!named) return between(record, undefined, undefined)
  const strike = strikeOf(history, named)
  if (typeof strike === 'string') return strike
  const healing = edgeOfHeal(named.name, strike)
  if (during) return between(record, edgeOfStrike(named.name, strike), healing)
  return healing ? between(record, healing, undefined) : `${named.name} was never healed`
}

/** Of the probes that passed in the second before, ns; 0 without any. */
function longestDelay({ inNs, outNs }: FlowRecord, beforeNs: number): number {
  let longest = 0
  for (let i = firstFrom(inNs, beforeNs - STEADY_NS); i < inNs.length && (inNs[i] ?? 0) < beforeNs; i++) {
    const out = outNs[i] ?? Number.POSITIVE_INFINITY
    if (out < beforeNs) longest = Math.max(longest, out - (inNs[i] ?? 0))
  }
  return longest
}
