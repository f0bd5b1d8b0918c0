// Requests counted by the second in which they were sent, however late their end shows: what a fault
// costs belongs to the fault, also where a request runs out of time only after it.

import type { RequestCounts } from '../traffic/events.ts'
import { type Counter, counter } from './counts.ts'

/** A second, and what has become of what was sent in it. */
export type Second = {
  readonly fromNs: number
  /** By class, in the order of their names. */
  readonly counts: readonly Counter[]
  /** How many were due, by class. */
  readonly due: number[]
  /** Requests of it that may still end. */
  open: number
}

export type Seconds = {
  readonly now: () => Second
  /** The second of an instant, or the oldest of those that were not told yet. */
  readonly at: (ns: number) => Second
  /** Lets go of one request that was sent in a second. */
  readonly close: (second: Second) => void
  /** The second that is now has ended at this instant. */
  readonly next: (atNs: number) => void
  /** Tells what there is, ended or not. */
  readonly last: (atNs: number) => void
}

type Told = (fromNs: number, toNs: number, parts: readonly RequestCounts[]) => void

export type SecondsOptions = {
  readonly names: readonly string[]
  readonly fromNs: number
  /** A second is told once nothing of it is open, and this much later where nobody knows what is. */
  readonly graceNs?: number
  /** Counted as asked for; without it, what was sent. */
  readonly scheduled: boolean
}

export function newSeconds({ names, fromNs, graceNs = 0, scheduled }: SecondsOptions, tell: Told): Seconds {
  const second = (ns: number): Second => ({ fromNs: ns, counts: names.map(counter), due: names.map(() => 0), open: 0 })
  const all = [second(fromNs)]
  const current = () => all.at(-1) as Second
  const take = ({ counts, due }: Second) => counts.map((each, i) => each.take(scheduled ? due[i] : undefined))
  /** In order: a second waits for those before it. */
  const flush = (atNs: number) => {
    for (let [first, then] = all; first && then; [first, then] = all) {
      if (first.open > 0 || atNs < then.fromNs + graceNs) return
      all.shift()
      tell(first.fromNs, then.fromNs, take(first))
    }
  }
  return {
    now: current,
    at: (ns) => all.findLast((each) => each.fromNs <= ns) ?? (all[0] as Second),
    close: (of) => {
      of.open--
    },
    next: (atNs) => {
      all.push(second(atNs))
      flush(atNs)
    },
    last: (atNs) => {
      all.forEach((each, i) => {
        const toNs = all[i + 1]?.fromNs ?? atNs
        if (toNs > each.fromNs) tell(each.fromNs, toNs, take(each))
      })
    },
  }
}
