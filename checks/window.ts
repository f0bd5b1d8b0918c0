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

/** A fault is looked for in the second before it: there, all has to be well. */
export const STEADY_NS = 1e9

/** ' during death of nat-gw-a-1'. Throws ScenarioError for both at once. */
export function phrase({ during, after }: When): string {
  if (during && after) throw new ScenarioError(`during ${during.name} or after ${after.name}: a claim speaks of one stretch`)
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
  const instant = (event: { atNs: number; bracket?: Bracket }) => event.bracket ?? { fromNs: event.atNs, toNs: event.atNs }
  return {
    applied: instant(applied),
    ...(healing && { healed: { beganNs: healing.atNs, letGo: healed?.bracket ?? instant(healing) } }),
  }
}

/**
 * The window of a claim on one direction of a flow. Its times are those at the sender's link, where
 * a packet that the fault then meets has entered a moment ago: so both edges lie earlier by the
 * longest delay in the second before the fault.
 */
export function windowOf(history: History, record: FlowRecord, when: When): (Window & { readonly strike?: Strike }) | string {
  const fault = when.during ?? when.after
  if (!fault) return { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
  const strike = strikeOf(history, fault)
  if (typeof strike === 'string') return strike
  const transitNs = longestDelay(record, strike.applied.fromNs)
  const healedNs = strike.healed ? strike.healed.beganNs - transitNs : Number.POSITIVE_INFINITY
  if (when.during) return { fromNs: strike.applied.fromNs - transitNs, toNs: healedNs, strike }
  if (!strike.healed) return `${fault.name} was never healed`
  return { fromNs: healedNs, toNs: Number.POSITIVE_INFINITY, strike }
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
export const recordOf = (history: History, { name }: Named, direction: FlowRecord['direction']): FlowRecord | undefined =>
  ofKind(history, 'flow-record').findLast((record) => record.flow === name && record.direction === direction)
