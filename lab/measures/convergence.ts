// When a flow, or all flows of a stream, were forwarded in full again, by the rate-derived method (RFC 6412
// §3.5.1): the offered load and the forwarding rate, compared in each sampling interval from the event on.

import type { FlowRecord } from '../events.ts'
import { middle } from '../loss/loss-period.ts'
import type { Stretch } from '../loss/stretch.ts'
import { firstFrom } from '../loss/window.ts'
import { human } from '../time.ts'
import { arrivalsOf, duplicatesIn, packetsIn, reorderedOf } from './packets.ts'
import { SAMPLING_NS } from './parameters.ts'

/** One direction of a flow, and how it went through the time after an event. */
export type Seen = { readonly record: FlowRecord; readonly stretch: Stretch }

/** When the last packet of the stretch entered that was impaired (RFC 6412 §3.8.1); undefined when none was. */
export function lastImpairedNs({ record, stretch }: Seen): number | undefined {
  const packets = packetsIn(record, stretch)
  const times = [
    packets.findLast(({ outNs }) => outNs === null)?.inNs,
    ...reorderedOf(arrivalsOf(packets)).map(({ inNs }) => inNs),
    duplicatesIn(record, stretch)?.at(-1),
  ].filter((ns) => ns !== undefined)
  return times.length > 0 ? Math.max(...times) : undefined
}

export type Convergence =
  | {
      readonly is: 'converged'
      /** From the event to the first interval in which all flows are forwarded in full, ns. */
      readonly ns: number
      /** Sampling interval, and how exactly the event's own instant is known, ns. */
      readonly boundNs: number
      readonly samplingNs: number
      /** For how long no packet was impaired from there on, ns. */
      readonly heldNs: number
    }
  | { readonly is: 'not sustained'; readonly because: string; readonly endedBy: 'event' | 'record' }
  | { readonly is: 'unimpaired' | 'not told'; readonly because: string }

/** The widest gap between probes of a flow that reaches into a span of time, ns. */
function widestGap({ inNs }: FlowRecord, fromNs: number, toNs: number): number {
  let widest = 0
  for (let i = Math.max(1, firstFrom(inNs, fromNs)); i < inNs.length; i++) {
    const before = inNs[i - 1] ?? 0
    if (before >= toNs) break
    widest = Math.max(widest, (inNs[i] ?? 0) - before)
  }
  return widest
}

/** Until when the stretch is known to have been watched: its end, or the last probe of a flow. */
const watchedNs = ({ record, stretch }: Seen) => Math.min(stretch.toNs, record.inNs.at(-1) ?? Number.NEGATIVE_INFINITY)

const ENDS = { event: 'the next event', record: 'the end of the record' } as const

/**
 * Full Convergence Time (RFC 6412 §3.6.1) of all these flows together: from the event until every flow is
 * forwarded in full, and stays so for the Sustained Convergence Validation Time. Each flow must offer a packet
 * in each interval, so the interval is the widest gap between its probes, in steps of 10 ms.
 */
export function fullConvergence(seen: readonly Seen[], sustainedNs: number): Convergence {
  const fault = seen[0]?.stretch.fault
  if (!fault) return { is: 'not told', because: 'no event to count from' }
  const last = seen.map(lastImpairedNs).filter((ns) => ns !== undefined)
  if (last.length === 0) return { is: 'unimpaired', because: 'no packet was impaired' }
  const lastNs = Math.max(...last)
  const endNs = Math.min(...seen.map(watchedNs))
  const heldNs = endNs - lastNs
  if (heldNs < sustainedNs) {
    const endedBy = seen.some(({ stretch }) => stretch.toNs <= endNs) ? 'event' : 'record'
    const held = `${human(Math.max(0, heldNs))} without impairment before ${ENDS[endedBy]}`
    return { is: 'not sustained', because: `not sustained: ${held}, ${human(sustainedNs)} wanted`, endedBy }
  }
  const originNs = middle(fault.origin)
  const widest = Math.max(...seen.map(({ record }) => widestGap(record, originNs, lastNs + sustainedNs)))
  const samplingNs = SAMPLING_NS * Math.max(1, Math.ceil(widest / SAMPLING_NS))
  if (samplingNs > sustainedNs)
    return {
      is: 'not told',
      because: `a flow offered nothing for ${human(widest)}, more than the validation time of ${human(sustainedNs)}`,
    }
  const intervals = Math.max(0, Math.floor((lastNs - originNs) / samplingNs) + 1)
  return {
    is: 'converged',
    ns: intervals * samplingNs,
    boundNs: samplingNs + (fault.origin.toNs - fault.origin.fromNs) / 2,
    samplingNs,
    heldNs,
  }
}

/**
 * First Route Convergence Time (RFC 6412 §3.6.2): the same of the flow that was the first to come back, of
 * those that were impaired.
 */
export function firstRouteConvergence(seen: readonly Seen[], sustainedNs: number): Convergence | undefined {
  const each = seen.map((one) => fullConvergence([one], sustainedNs))
  const converged = each.filter((one) => one.is === 'converged')
  return converged.toSorted((a, b) => a.ns - b.ns)[0]
}
