// Packets that wait on a link, as lab/image/hold.c keeps them back: what it is told, and what it counted.

import { human } from '../time.ts'

export type Hold = {
  /** What every packet waits, ns. */
  readonly delayNs: number
  /** Give or take so much, every value as likely; who came first still goes first. */
  readonly variationNs: number
  /** Whole frames, one after the other; 0: as they come. */
  readonly rateBps: number
  /** The longest that a packet waits for its turn at that rate; who would wait longer is dropped. */
  readonly queueNs: number
  /** Share of the packets that do not wait for the delay, 0 to 1. */
  readonly overtake: number
}

export const NO_HOLD: Hold = { delayNs: 0, variationNs: 0, rateBps: 0, queueNs: 0, overtake: 0 }

export type Held = {
  /** Handed over by the wire. */
  readonly packets: number
  /** Dropped, because whoever holds them back was too slow or gone: the instrument's own fault. */
  readonly missed: number
  readonly released: number
  /** Dropped at the queue. */
  readonly dropped: number
  readonly overtook: number
  /** At once. */
  readonly most: number
  readonly firstNs: number | null
  readonly lastNs: number | null
  /** How long after their time packets went on: 99 % at most so long, to the next bucket's edge (25 %); and the latest. */
  readonly lateP99Ns: number
  readonly lateMostNs: number
}

/** A hold as wirectl takes it. */
export const holdWords = ({ delayNs, variationNs, rateBps, queueNs, overtake }: Hold): string =>
  [delayNs, variationNs, rateBps, queueNs, overtake * 2 ** 32].map(Math.round).join(' ')

/** wirectl's answer to `held`; `at` makes history's time of the clock's. */
export function heldOf(numbers: readonly bigint[], at: (ns: bigint) => number): Held {
  const [packets = 0n, missed = 0n, , released = 0n, dropped = 0n, overtook = 0n, most = 0n, ...times] = numbers
  const [first = 0n, last = 0n, p99 = 0n, latest = 0n] = times
  const stamp = (ns: bigint) => (ns === 0n ? null : at(ns))
  return {
    packets: Number(packets),
    missed: Number(missed),
    released: Number(released),
    dropped: Number(dropped),
    overtook: Number(overtook),
    most: Number(most),
    firstNs: stamp(first),
    lastNs: stamp(last),
    lateP99Ns: Number(p99),
    lateMostNs: Number(latest),
  }
}

/** What several places held; of lateness the worst. */
export const heldTogether = (all: readonly Held[]): Held | undefined =>
  all.length === 0
    ? undefined
    : all.reduce((a, b) => ({
        packets: a.packets + b.packets,
        missed: a.missed + b.missed,
        released: a.released + b.released,
        dropped: a.dropped + b.dropped,
        overtook: a.overtook + b.overtook,
        most: Math.max(a.most, b.most),
        firstNs: a.firstNs ?? b.firstNs,
        lastNs: b.lastNs ?? a.lastNs,
        lateP99Ns: Math.max(a.lateP99Ns, b.lateP99Ns),
        lateMostNs: Math.max(a.lateMostNs, b.lateMostNs),
      }))

/** Packets that are still on their way to whoever holds them, or held. */
export const waiting = ({ packets, released, dropped }: Held): number => packets - released - dropped

/** '1200 held, 40 at once, 3 dropped at the queue, 300 overtook, on time within 0.2ms (p99), 1.2ms (max)' */
export function sayHeld({ packets, missed, dropped, overtook, most, lateP99Ns, lateMostNs }: Held): string {
  const parts = [
    `${packets} held, at most ${most} at once`,
    ...(dropped > 0 ? [`${dropped} dropped at the queue`] : []),
    ...(overtook > 0 ? [`${overtook} overtook`] : []),
    ...(missed > 0 ? [`${missed} dropped because nobody held them`] : []),
    `released up to ${human(lateP99Ns)} late (p99), ${human(lateMostNs)} (max)`,
  ]
  return parts.join(', ')
}
