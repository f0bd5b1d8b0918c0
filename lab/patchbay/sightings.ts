// Every probe is seen several times on its way, wherever a link runs through the patchbay. The tap
// at its sender's link gives the time it entered, the tap at its receiver's link says that it passed.

import { ScenarioError } from '../errors.ts'
import type { Direction, FlowRecord } from '../events.ts'
import { flowRecord } from './flow-record.ts'
import { dotted, type Probe } from './probe-packet.ts'
import { answered, type Look, overdue, sustained } from './steadiness.ts'
import { AT_RECEIVER, arrived, entered, find, met, newTrack, ON_THE_WAY, passed, sent, type Track } from './track.ts'

/** A device of the patchbay, by what is at the other end of its veth. */
export type TapEnd = {
  readonly link: string
  readonly node: string
  readonly device: string
  /** The node at the other end of the link; none on the fabric, which has many. */
  readonly far?: string | undefined
  /** Every path runs through this node, so that it never says which way was taken: a chassis. */
  readonly transparent?: boolean
}

export type Watched = {
  /** The number in its probes. */
  readonly id: number
  /** 'probe vpc-a-web-1 → internet' */
  readonly name: string
  /** The stream that it is one of several flows of. */
  readonly of?: string | undefined
  readonly from: string
  readonly to: string
  readonly gapNs: number
}

export type Passed = { readonly number: number; readonly inNs: number; readonly outNs: number }
export type Tally = {
  readonly sent: number
  readonly passed: number
  /** Not passed, and the forwarding delay threshold has gone by. */
  readonly lost: number
  /** Not passed yet. */
  readonly pending: number
  readonly duplicates: number
}

export type Sightings = {
  /** Watches a flow from now on. Throws ScenarioError when its id is being watched. */
  readonly follow: (flow: Watched) => void
  readonly forget: (id: number) => void
  /** Takes one sighting; of flows and at devices that it was not told of, none. */
  readonly see: (ifindex: number, outgoing: boolean, atNs: number, probe: Probe) => void
  /** The latest stamp seen, ns since the history's epoch: how far the taps' stream has come. */
  readonly streamNs: () => number
  readonly lastPassed: (id: number, direction: Direction) => Passed | undefined
  /** How many passed of those that entered at this time or later. */
  readonly passedSince: (id: number, direction: Direction, fromNs: number) => number
  readonly tally: (id: number, direction: Direction) => Tally
  /** Both directions get through now. `nowNs` is the clock, ns since the history's epoch. */
  readonly answered: (id: number, nowNs: number) => Look
  /** Both directions have got through without a loss for this long. */
  readonly sustained: (id: number, forNs: number, nowNs: number) => Look
  /**
   * What was seen so far, forward and reverse. With `closed`, what has not passed is lost: for a
   * flow that stopped, once the threshold has gone by or nothing is pending. Otherwise the probes
   * that may yet pass, and all after them, are left out.
   */
  readonly records: (id: number, how: { readonly closed: boolean }) => readonly FlowRecord[]
}

/** RFC 2544 §23 waits 2 s for what is still on its way; so does RFC 6412 §3.7.6. */
export const FORWARDING_DELAY_THRESHOLD_NS = 2e9
const DIRECTIONS = ['forward', 'reverse'] as const

type Known = {
  /** By ifindex; read anew for each sighting, as links come and go. */
  readonly ends: ReadonlyMap<number, TapEnd>
  readonly thresholdNs?: number
}

/** 1-based indexes for names, as they come up. */
function indexed<K>(name: (key: K) => string) {
  const names: string[] = []
  const seen = new Map<K, number>()
  return {
    names,
    of: (key: K): number => {
      const known = seen.get(key)
      if (known !== undefined) return known
      seen.set(key, names.push(name(key)))
      return names.length
    },
  }
}

/** 'chassis-1 nat-gw-a-1': from where to where a probe was on its way. */
const hopName = (end: TapEnd | undefined): string => `${end?.node} ${end?.far ?? 'fabric'}`

export function newSightings(known: Known): Sightings {
  const { ends, thresholdNs = FORWARDING_DELAY_THRESHOLD_NS } = known
  const flows = new Map<number, Watched & Record<Direction, Track>>()
  const addresses = indexed(dotted)
  const nodes = indexed((node: string) => node)
  const hops = indexed((ifindex: number) => hopName(ends.get(ifindex)))
  let streamNs = Number.NEGATIVE_INFINITY

  const flowOf = (id: number) => {
    const flow = flows.get(id)
    if (!flow)
      throw new ScenarioError(`no flow ${id} is being watched; there are ${[...flows.keys()].join(', ') || 'none'}`)
    return flow
  }
  const both = (id: number, look: (track: Track, gapNs: number) => Look): Look => {
    const flow = flowOf(id)
    const looks = DIRECTIONS.map((direction) => ({ direction, ...look(flow[direction], flow.gapNs) }))
    return {
      holds: looks.every(({ holds }) => holds),
      saw: looks.map(({ direction, saw }) => `${direction} ${saw}`).join(', '),
    }
  }
  const tally = (track: Track): Tally => {
    const count = { sent: 0, passed: 0, lost: 0, pending: 0, duplicates: track.duplicateNs.length }
    for (let slot = 0; slot < track.size; slot++) {
      if (!sent(track, slot)) continue
      count.sent++
      if (passed(track, slot)) count.passed++
      else if (streamNs - (track.inNs[slot] ?? 0) > thresholdNs) count.lost++
      else count.pending++
    }
    return count
  }
  /** When the first probe entered that may yet pass. */
  const settledNs = (track: Track): number => {
    for (let slot = 0; slot < track.size; slot++)
      if (streamNs - (track.inNs[slot] ?? 0) <= thresholdNs && !passed(track, slot)) return track.inNs[slot] ?? 0
    return Number.POSITIVE_INFINITY
  }

  return {
    follow: (flow) => {
      if (flows.has(flow.id))
        throw new ScenarioError(`flow ${flow.id} is being watched already, as ${flowOf(flow.id).name}`)
      flows.set(flow.id, { ...flow, forward: newTrack(thresholdNs), reverse: newTrack(thresholdNs) })
    },
    forget: (id) => void flows.delete(id),
    see: (ifindex, outgoing, atNs, { flow: id, kind, number, sentUs, sourceIp }) => {
      if (atNs > streamNs) streamNs = atNs
      const flow = flows.get(id)
      const end = ends.get(ifindex)
      if (!flow || end === undefined || kind === 'stop') return
      const sender = kind === 'forward' ? flow.from : flow.to
      const receiver = kind === 'forward' ? flow.to : flow.from
      const track = flow[kind]
      if (end.node === sender) {
        if (!outgoing) entered(track, number, sentUs, atNs)
        return
      }
      if (outgoing && end.node !== receiver) return
      const slot = find(track, number, sentUs)
      if (slot < 0) return
      if (outgoing) return arrived(track, slot, atNs, addresses.of(sourceIp))
      met(track, slot, { atNs, reached: end.far === receiver ? AT_RECEIVER : ON_THE_WAY, hop: hops.of(ifindex) })
      if (!end.transparent) track.via[slot] = nodes.of(end.node)
    },
    streamNs: () => streamNs,
    lastPassed: (id, direction) => {
      const { newestPassed: slot, first, inNs, outNs } = flowOf(id)[direction]
      return slot < 0 ? undefined : { number: first + slot, inNs: inNs[slot] ?? 0, outNs: outNs[slot] ?? 0 }
    },
    passedSince: (id, direction, fromNs) => {
      const track = flowOf(id)[direction]
      let count = 0
      for (let slot = track.size - 1; slot >= 0 && !((track.inNs[slot] ?? 0) < fromNs); slot--)
        if (passed(track, slot)) count++
      return count
    },
    tally: (id, direction) => tally(flowOf(id)[direction]),
    answered: (id, nowNs) => both(id, (track, gapNs) => answered(track, gapNs, { nowNs, streamNs })),
    sustained: (id, forNs, nowNs) => both(id, (track, gapNs) => sustained(track, gapNs, forNs, { nowNs, streamNs })),
    records: (id, { closed }) => {
      const flow = flowOf(id)
      return DIRECTIONS.map((direction) => {
        const labels = {
          flow: flow.name,
          of: flow.of,
          direction,
          gapNs: flow.gapNs,
          addresses: addresses.names,
          nodes: nodes.names,
          hops: hops.names,
        }
        const track = flow[direction]
        if (closed) return flowRecord(track, labels)
        return flowRecord(track, labels, {
          beforeNs: settledNs(track),
          overdue: overdue(track, flow.gapNs, streamNs),
        })
      })
    },
  }
}
