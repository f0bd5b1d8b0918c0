// What a rule of the wire says, in the numbers that wirectl takes, and what was counted of it.

import { ScenarioError } from '../errors.ts'
import { type Held, type Hold, heldTogether } from './hold.ts'

/** Packets of one protocol, and with one of these ports at either end. */
export type Kind = {
  /** Its number in the IPv4 header, or ARP. */
  readonly protocol: number | 'arp'
  /** The least and the highest, both included. */
  readonly ports?: readonly [number, number]
}

/** Which packets a rule meets: those of its peers, and of its kinds. Without either, all. */
export type Match = {
  readonly kinds?: readonly Kind[]
  /** Those that are of none of the kinds, in their place. */
  readonly but?: boolean
  /** IPv4 addresses, of which one is at either end. Outer headers count, unless only the inner ones do. */
  readonly peers?: readonly string[]
  /** Whose protocols and ports count: of the packet, of what Geneve carries in it, or of either. By default the packet's. */
  readonly headers?: 'outer' | 'inner' | 'either'
}

export type Rule = {
  /** Share of the packets that are dropped, 0 to 1. */
  readonly loss: number
  /** Share of the others that leave twice, 0 to 1. */
  readonly duplicate: number
  /** Share of the others in which a bit is flipped, 0 to 1. */
  readonly corrupt?: number
  /** Mean length of a burst of losses, packets. Without it, each is lost for itself. */
  readonly bursts?: number
  /** Bytes of the longest IP packet that passes. */
  readonly longest?: number
  /** What those that are left wait for, and their copies. */
  readonly hold?: Hold
  /** Without it, the rule meets every packet. */
  readonly match?: Match
}

/**
 * What the wire counted of the packets that a rule met. Those that came through, `passed`, may have been
 * duplicated or corrupted. Stamps are of packets that did not come through as they were, once: ns since the epoch.
 */
export type Tally = {
  readonly passed: number
  readonly lost: number
  /** Dropped for their length. */
  readonly oversized: number
  readonly duplicated: number
  readonly corrupted: number
  readonly firstNs: number | null
  readonly lastNs: number | null
  /** Of a rule that ever held packets back. */
  readonly held?: Held
}

/** As many as lab/image/wire.h has room for. */
export const [KINDS, PEERS] = [6, 8]
const ARP = 0x0806
const LAYERS = { outer: 1, inner: 2, either: 3 }

/** 1 is every packet: of 2^32 equally likely numbers, so many. */
const share = (of1: number) => Math.round(of1 * 2 ** 32)

/** The most that can be lost in bursts of this mean length, with a single packet passing in between. */
export const mostInBursts = (bursts: number): number => bursts / (bursts + 1)

/**
 * Chances of a stream to turn bad, and good again, from one packet to the next, so that bursts last so long and
 * so much is lost in all (Gilbert 1960): a state that is left with a chance of r lasts 1/r packets, and the bad one
 * takes a share of p / (p + r).
 */
function turns({ loss, bursts }: Rule): [worsen: number, recover: number] {
  if (bursts === undefined) return [0, 0]
  return [loss === 0 ? 0 : Math.min(1, loss / (1 - loss) / bursts), 1 / bursts]
}

const kindWord = ({ protocol, ports: [least, most] = [0, 0] }: Kind): number =>
  (protocol === 'arp' ? ARP : protocol) * 2 ** 32 + least * 2 ** 16 + most

const addressWord = (address: string): number =>
  address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0)

/** Filled up with zeros. Throws ScenarioError where there are more than there is room for. */
function filled(words: readonly number[], room: number, what: string): number[] {
  if (words.length > room) throw new ScenarioError(`a rule has room for ${room} ${what}, not ${words.length}`)
  return [...words, ...Array.from({ length: room - words.length }, () => 0)]
}

/** A rule as wirectl takes it; see there. */
export function words(rule: Rule): string {
  const { loss, duplicate, corrupt = 0, longest = 0, match = {} } = rule
  const { kinds = [], but = false, peers = [], headers = 'outer' } = match
  return [
    ...[loss, duplicate, corrupt, ...turns(rule)].map(share),
    longest,
    LAYERS[headers],
    but ? 1 : 0,
    ...filled(kinds.map(kindWord), KINDS, 'kinds of packets'),
    ...filled(peers.map(addressWord), PEERS, 'peers'),
  ].join(' ')
}

/** wirectl's answer to `tally`; `at` makes history's time of the clock's. */
export function tallyOf(numbers: readonly bigint[], at: (ns: bigint) => number): Tally {
  const [passed = 0n, lost = 0n, oversized = 0n, duplicated = 0n, corrupted = 0n, first = 0n, last = 0n] = numbers
  const stamp = (ns: bigint) => (ns === 0n ? null : at(ns))
  return {
    passed: Number(passed),
    lost: Number(lost),
    oversized: Number(oversized),
    duplicated: Number(duplicated),
    corrupted: Number(corrupted),
    firstNs: stamp(first),
    lastNs: stamp(last),
  }
}

export const NOTHING: Tally = {
  passed: 0,
  lost: 0,
  oversized: 0,
  duplicated: 0,
  corrupted: 0,
  firstNs: null,
  lastNs: null,
}

const heldBoth = (...all: readonly (Held | undefined)[]): Pick<Tally, 'held'> => {
  const held = heldTogether(all.filter((each) => each !== undefined))
  return held ? { held } : {}
}

/** What two cells counted, the older one first. */
export const both = ({ held, ...a }: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  lost: a.lost + b.lost,
  oversized: a.oversized + b.oversized,
  duplicated: a.duplicated + b.duplicated,
  corrupted: a.corrupted + b.corrupted,
  firstNs: a.firstNs ?? b.firstNs,
  lastNs: b.lastNs ?? a.lastNs,
  ...heldBoth(held, b.held),
})
