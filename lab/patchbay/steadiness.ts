// Whether a direction of a flow gets through, asked while it runs. The taps' stream lags behind the
// clock, for both ends alike, so a probe is overdue by the stream's own time and never by the clock's.

import { human } from '../time.ts'
import { passed, sent, type Track } from './track.ts'

export type Look = { readonly holds: boolean; readonly saw: string }
export type Instant = {
  /** The clock, ns since the history's epoch. */
  readonly nowNs: number
  /** The latest stamp of the taps. */
  readonly streamNs: number
}

/** That many in a row make a flow answered. */
export const STEADY_PROBES = 20
/** A flow whose last probe passed longer ago says nothing of now. */
const STALE_NS = 1.5e9
/** Room for a probe in flight: a busy userspace switch holds a packet back for tens of ms. */
const GRACE_NS = 50e6

const no = (saw: string): Look => ({ holds: false, saw })

/** How long a probe may be on its way before it counts as missing. */
function graceNs(track: Track, gapNs: number): number {
  const last = track.newestPassed
  const delayNs = (track.outNs[last] ?? 0) - (track.inNs[last] ?? 0)
  return Math.max(GRACE_NS, 4 * gapNs, 2 * delayNs)
}

/** Probes that entered in a span of time and have not passed. */
function missing(track: Track, fromNs: number, toNs: number): number {
  let count = 0
  for (let slot = track.size - 1; slot >= 0; slot--) {
    const atNs = track.inNs[slot] ?? Number.NaN
    if (atNs < fromNs) break
    if (atNs <= toNs && !passed(track, slot)) count++
  }
  return count
}

/** Probes that are overdue, and yet not lost: the forwarding delay threshold has not gone by. */
export const overdue = (track: Track, gapNs: number, streamNs: number): number =>
  missing(track, streamNs - track.thresholdNs, streamNs - graceNs(track, gapNs))

/** The last 20 probes passed, one after the other, and none since is overdue. */
export function answered(track: Track, gapNs: number, { nowNs, streamNs }: Instant): Look {
  const last = track.newestPassed
  if (last < 0) return no(track.size > 0 ? 'no probe passed' : 'no probe sent')
  const agoNs = nowNs - (track.outNs[last] ?? 0)
  if (agoNs > STALE_NS) return no(`the last probe passed ${human(agoNs)} ago`)
  const overdue = missing(track, (track.inNs[last] ?? 0) + 1, streamNs - graceNs(track, gapNs))
  if (overdue > 0) return no(`${overdue} probes missing since ${human(agoNs)} ago`)
  let row = 0
  for (let slot = last; slot >= 0 && row < STEADY_PROBES; slot--) {
    if (!sent(track, slot)) continue
    if (!passed(track, slot)) break
    row++
  }
  return { holds: row >= STEADY_PROBES, saw: `${row} of ${STEADY_PROBES} probes passed in a row` }
}

/**
 * Answered, and no probe missing for the Sustained Convergence Validation Time (RFC 6412 §3.7.5)
 * up to now. Probes not yet overdue are left out. And none may be overdue that is not lost for good:
 * who judges the flow now must find what was lost on its record.
 */
export function sustained(track: Track, gapNs: number, forNs: number, instant: Instant): Look {
  const now = answered(track, gapNs, instant)
  if (!now.holds) return now
  const toNs = instant.streamNs - graceNs(track, gapNs)
  const fromNs = toNs - forNs
  const beganNs = track.inNs[0] ?? toNs
  if (beganNs > fromNs) return no(`watched for ${human(instant.streamNs - beganNs)} only`)
  const lost = missing(track, fromNs, toNs)
  const open = lost === 0 ? overdue(track, gapNs, instant.streamNs) : 0
  if (open > 0) return no(`${open} probes that may yet pass`)
  return { holds: lost === 0, saw: `${lost} probes missing in the last ${human(forNs)}` }
}

/** Whether all flows of a stream look so; what does not is named, where there are several. */
export function allOf(flows: readonly { readonly label: string; readonly look: Look }[]): Look {
  const [first, ...more] = flows
  if (!first) return no('no flow')
  if (more.length === 0) return first.look
  const failing = flows.filter(({ look }) => !look.holds)
  const [worst] = failing
  if (!worst) return { holds: true, saw: `all ${flows.length} flows, ${first.label} ${first.look.saw}` }
  return no(`${failing.length} of ${flows.length} flows not, ${worst.label} ${worst.look.saw}`)
}
