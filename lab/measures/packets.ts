// What became of each packet that entered the wire in a window.

import type { FlowRecord } from '../events.ts'
import { firstFrom, type Window } from '../loss/window.ts'

export type Packet = {
  readonly number: number
  readonly inNs: number
  /** null: lost, or later than the forwarding delay threshold (RFC 6412 §3.7.6). */
  readonly outNs: number | null
}

/** In sending order. */
export function packetsIn({ numbers, inNs, outNs }: FlowRecord, { fromNs, toNs }: Window): Packet[] {
  const [first, end] = [firstFrom(inNs, fromNs), firstFrom(inNs, toNs)]
  return numbers
    .slice(first, end)
    .map((number, i) => ({ number, inNs: inNs[first + i] ?? 0, outNs: outNs[first + i] ?? null }))
}

export type Arrival = Packet & { readonly outNs: number }

/** In sending order. */
export const arrivalsOf = (packets: readonly Packet[]): Arrival[] =>
  packets.filter((packet): packet is Arrival => packet.outNs !== null)

/** Those that arrive after one that was sent later (RFC 4737 §3.3), in the order of their arrival. */
export function reorderedOf(arrivals: readonly Arrival[]): Arrival[] {
  let highest = Number.NEGATIVE_INFINITY
  return arrivals
    .toSorted((a, b) => a.outNs - b.outNs)
    .filter(({ number }) => {
      const overtaken = number < highest
      highest = Math.max(highest, number)
      return overtaken
    })
}

/** When copies arrived in a window of packets that had arrived already; undefined where nobody knows when they did. */
export function duplicatesIn({ duplicates, duplicateNs }: FlowRecord, { fromNs, toNs }: Window) {
  if (duplicates === 0) return []
  return duplicateNs?.filter((ns) => ns >= fromNs && ns < toNs)
}

/** Packets of a window by what impaired them (RFC 6412 §3.8.1). Corrupt ones are lost (RFC 7680 §2.5). */
export type Counts = {
  readonly sent: number
  readonly lost: number
  /** Of those lost: they arrived after the forwarding delay threshold. */
  readonly late: number
  /** Copies; undefined where nobody knows whether they arrived in the window. */
  readonly duplicated: number | undefined
  readonly reordered: number
}

export function countsIn(record: FlowRecord, window: Window): Counts {
  const packets = packetsIn(record, window)
  const arrivals = arrivalsOf(packets)
  const whole = window.fromNs === Number.NEGATIVE_INFINITY && window.toNs === Number.POSITIVE_INFINITY
  return {
    sent: packets.length,
    lost: packets.length - arrivals.length,
    late: (record.lateInNs ?? []).filter((ns) => ns >= window.fromNs && ns < window.toNs).length,
    duplicated: whole ? record.duplicates : duplicatesIn(record, window)?.length,
    reordered: reorderedOf(arrivals).length,
  }
}

/** The Impaired Packets among them. */
export const impairedOf = ({ lost, duplicated = 0, reordered }: Counts): number => lost + duplicated + reordered
