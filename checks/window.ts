// Which stretch of a run a claim speaks of: during a fault, after it, or all of it.

import { ScenarioError } from '../lab/errors.ts'
import type { Bracket, FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import type { Named } from './verdict.ts'

/** From one instant up to, not including, another; ns since the history's epoch. */
export type Window = { readonly fromNs: number; readonly toNs: number }

/** At most one of the two. */
export type When = { readonly during?: Named; readonly after?: Named }

/** A fault as the history tells it. */
export type Strike = {
  /** The instant it took hold. */
  readonly applied: Bracket
  /** When healing began, and the instant the fault let go; none: not healed in this run. */
  readonly healed?: { readonly beganNs: number; readonly letGo: Bracket }
}

/** The second before a fault shows whether all was well until then. */
export const STEADY_NS = 1e9

/** ' during death of nat-gw-a-1'. Throws ScenarioError for both at once. */
export function phrase({ during, after }: When): string {
  if (during && after)
    throw new ScenarioError(`during ${during.name} or after ${after.name}: a claim speaks of one stretch`)
  if (during) return ` during ${during.name}`
  return after ? ` after ${after.name}` : ''
}

/** When a fault struck and healed; or why that cannot be told. */
export function strikeOf(history: History, { name }: Named): Strike | string {
  const events = ofKind(history, 'fault').filter(({ fault }) => fault === name)
  const [applied, again] = events.filter(({ phase }) => phase === 'applied')
  if (!applied) return `${name} was never applied`
  if (again) return `${name} was applied more than once`
  const healing = events.find(({ phase, atNs }) => phase === 'healing' && atNs >= applied.atNs)
  const healed = events.find(({ phase }) => phase === 'healed')
  const instant = (event: { atNs: number; bracket?: Bracket }) =>
    event.bracket ?? { fromNs: event.atNs, toNs: event.atNs }
  return {
    applied: instant(applied),
    ...(healing && { healed: { beganNs: healing.atNs, letGo: healed?.bracket ?? instant(healing) } }),
  }
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

/** The stretch of a claim; or why it cannot be told. */
export function stretchOf(history: History, record: FlowRecord, { during, after }: When): Stretch | string {
  const named = during ?? after
  if (!named) return { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
  const strike = strikeOf(history, named)
  if (typeof strike === 'string') return strike
  const { applied, healed } = strike
  const transitNs = longestDelay(record, applied.fromNs)
  const struckNs = applied.fromNs - transitNs
  const healingNs = healed ? healed.beganNs - transitNs : Number.POSITIVE_INFINITY
  if (during) return { fromNs: struckNs, toNs: healingNs, fault: { name: during.name, struckNs, origin: applied } }
  if (!healed) return `${named.name} was never healed`
  const letGo = { fromNs: healed.letGo.fromNs - transitNs, toNs: healed.letGo.toNs }
  const fault = { name: named.name, struckNs, origin: healed.letGo, letGo }
  return { fromNs: healingNs, toNs: Number.POSITIVE_INFINITY, fault }
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

/**
 * Why a record does not tell of a window's end: it was written while probes were missing that may yet
 * pass. Nothing if it does.
 */
export function untold({ overdue = 0, inNs }: FlowRecord, { toNs }: Window): string | undefined {
  if (overdue === 0 || toNs <= (inNs.at(-1) ?? Number.NEGATIVE_INFINITY)) return undefined
  return `${overdue} probes were missing at the end and may yet pass`
}

/** Index of the first time at or after this one, in a list that ascends. */
export function firstFrom(times: readonly number[], ns: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) < ns) low = middle + 1
    else high = middle
  }
  return low
}

/** A flow's record in one direction: the last one written. */
export const recordOf = (
  history: History,
  { name }: Named,
  direction: FlowRecord['direction'],
): FlowRecord | undefined =>
  ofKind(history, 'flow-record').findLast((record) => record.flow === name && record.direction === direction)
