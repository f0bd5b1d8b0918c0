// Whether the machine kept time, as the history tells it: what a stopped or stolen clock breaks says
// nothing of the network.

import { type History, ofKind } from './history.ts'
import type { ClockEvent, StallEvent, StealEvent } from './machine-events.ts'
import { human } from './time.ts'

/**
 * Half of the shortest detection time in use, 3 × 100 ms. A stall as long makes two BFD packets late
 * and the third due: what breaks then may be the machine's doing. The same goes for what the hypervisor
 * took from one CPU within one detection time: it may have been in one piece, where the watch was not.
 */
export const STALL_LIMIT_NS = 150e6

/** Steal is told by the second. */
const SECOND_NS = 1e9

type Told = Pick<History, 'events'>

const within = <E extends { readonly atNs: number }>(events: readonly E[], fromNs: number): E[] =>
  events.filter(({ atNs }) => atNs >= fromNs)

const most = <E>(events: readonly E[], size: (event: E) => number): E | undefined =>
  events.toSorted((a, b) => size(b) - size(a))[0]

/** Within the shortest detection time, 3 × 100 ms, several stalls do what one does that is as long as all of them. */
const DETECTION_NS = 300e6

type Burst = { readonly count: number; readonly sumNs: number; readonly atNs: number }

/** Of stalls that ended within one detection time, those that sum up to most; none of less than two. */
function worstBurst(stalls: readonly (StallEvent & { readonly atNs: number })[]): Burst | undefined {
  const bursts = stalls.flatMap(({ atNs }): Burst[] => {
    const mine = stalls.filter((other) => other.atNs >= atNs && other.atNs + other.lengthNs <= atNs + DETECTION_NS)
    const sumNs = mine.reduce((sum, { lengthNs }) => sum + lengthNs, 0)
    return mine.length < 2 ? [] : [{ count: mine.length, sumNs, atNs }]
  })
  return most(bursts, ({ sumNs }) => sumNs)
}

export type Timekeeping = {
  readonly stalls: readonly (StallEvent & { readonly atNs: number })[]
  readonly longest: (StallEvent & { readonly atNs: number }) | undefined
  readonly worstSteal: (StealEvent & { readonly atNs: number }) | undefined
  /** Share of all CPUs' time that was stolen. */
  readonly stolen: number
  readonly moved: readonly (ClockEvent & { readonly atNs: number })[]
}

/**
 * What happened from an instant on. Of the clock, from the beginning: the runner carries its own on from
 * there, and one that was set since is another one.
 */
export function timekeeping(history: Told, fromNs: number): Timekeeping {
  const stalls = within(ofKind(history, 'stall'), fromNs)
  const steals = within(ofKind(history, 'steal'), fromNs)
  const cpus = steals[0]?.cpus ?? 1
  const untilNs = history.events.reduce((latest, { atNs }) => Math.max(latest, atNs), Number.NEGATIVE_INFINITY)
  const stolenNs = steals.reduce((sum, { allNs }) => sum + allNs, 0)
  return {
    stalls,
    longest: most(stalls, ({ lengthNs }) => lengthNs),
    worstSteal: most(steals, ({ mostNs }) => mostNs),
    stolen: stolenNs / (cpus * Math.max(untilNs - fromNs, SECOND_NS)),
    moved: ofKind(history, 'clock'),
  }
}

/** From when on what the machine does may show in what is measured: the first flow, traffic, attempt or fault; never, where there is none. */
export function measuredFrom({ events }: Told): number {
  const first = events.find(({ kind }) => ['flow', 'traffic', 'fault', 'attempt'].includes(kind))
  if (!first) return Number.POSITIVE_INFINITY
  return first.kind === 'attempt' ? first.sinceNs : first.atNs
}

const signed = (ns: number) => `${ns < 0 ? '−' : '+'}${human(Math.abs(ns))}`

/** What the machine did, in a few words. */
export function machineText(event: ClockEvent | StallEvent | StealEvent): string {
  if (event.kind === 'stall') return `the machine stood still for ${human(event.lengthNs)}`
  if (event.kind === 'steal')
    return `the hypervisor took ${human(event.mostNs)} of ${human(DETECTION_NS)} from one CPU, ${human(event.allNs)} from all ${event.cpus}`
  if (event.how === 'apart') return `the lab's clock is ${signed(event.byNs)} off the runner's`
  return `the clock ${event.how === 'step' ? 'stepped' : 'drifted'} by ${signed(event.byNs)}`
}

const clockText = (event: ClockEvent & { readonly atNs: number }): string =>
  event.how === 'apart' ? machineText(event) : `${machineText(event)} at +${human(event.atNs)}, and all stamps with it`

/** So many are named where there are more. */
const NAMED = 3

/** Why what was measured from an instant on may be the machine's doing; nothing where it kept time. */
export function disturbed(history: Told, fromNs: number): string | undefined {
  const { stalls, longest, worstSteal, moved } = timekeeping(history, fromNs)
  const burst = worstBurst(stalls)
  const limit = `more than ${human(STALL_LIMIT_NS)} can pass for a failure`
  const said = [
    ...moved.slice(0, NAMED).map(clockText),
    ...(moved.length > NAMED ? [`and ${moved.length - NAMED} times more`] : []),
    ...(longest && longest.lengthNs >= STALL_LIMIT_NS
      ? [
          `the machine stood still: the longest of ${stalls.length} stalls was ${human(longest.lengthNs)}, at +${human(longest.atNs)}, and ${limit}`,
        ]
      : []),
    ...(burst && burst.sumNs >= STALL_LIMIT_NS && (longest?.lengthNs ?? 0) < STALL_LIMIT_NS
      ? [
          `the machine stood still ${burst.count} times within ${human(DETECTION_NS)}, for ${human(burst.sumNs)} in all, at +${human(burst.atNs)}, and ${limit}`,
        ]
      : []),
    ...(worstSteal && worstSteal.mostNs >= STALL_LIMIT_NS
      ? [
          `the hypervisor took ${human(worstSteal.mostNs)} of ${human(DETECTION_NS)} from one CPU, at +${human(worstSteal.atNs)}, and ${limit}`,
        ]
      : []),
  ]
  return said.length > 0 ? said.join('; ') : undefined
}
