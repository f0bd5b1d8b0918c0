// How long a flow may be cut off. By the taps, never by the receiver's clock: what the sender's
// stalls leave unknown is part of the result.

import { type Event, type FlowRecord, type Measure } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { type Connectivity, connectivity } from './connectivity.ts'
import { type Check, type Named, type Part, together } from './verdict.ts'
import { firstFrom, phrase, recordOf, STEADY_NS, type Strike, type When, type Window, windowOf } from './window.ts'

export type Outage = When & {
  readonly of: Named | readonly Named[]
  readonly atMost: Duration
  /** Default: both, each on its own. */
  readonly direction?: 'forward' | 'reverse' | 'both'
}

/** That many have to pass in the second before a fault, and none be lost. */
const STEADY_PROBES = 20

/** Why the flow was not well before the fault, if it was not. */
function unsteady({ inNs, outNs }: FlowRecord, toNs: number): string | undefined {
  const before = outNs.slice(firstFrom(inNs, toNs - STEADY_NS), firstFrom(inNs, toNs))
  const lost = before.filter((out) => out === null).length
  if (lost > 0) return `${lost} of ${before.length} probes were lost in the second before`
  return before.length < STEADY_PROBES ? `only ${before.length} probes passed in the second before` : undefined
}

/** For how long the sender sent nothing at the end of the window, though nobody had stopped the flow. */
function unseen(history: History, { flow, inNs }: FlowRecord, { toNs }: Window): number {
  const stopped = ofKind(history, 'flow').findLast((event) => event.flow === flow && event.phase === 'stopped')
  if (!Number.isFinite(toNs) || (stopped && stopped.atNs < toNs)) return 0
  return Math.max(0, toNs - (inNs.at(-1) ?? toNs))
}

function lengthText({ outageNs, boundNs, lowNs, highNs, lost, probes, periods }: Connectivity): string {
  if (!Number.isFinite(outageNs)) return `at least ${human(lowNs)} (${lost} lost, not back when the record ends)`
  const hidden = highNs > outageNs + boundNs ? `, up to ${human(highNs)} counting the sender's stalls` : ''
  const losses =
    lost === 0 ? `none lost of ${probes}` : `${lost} lost in ${periods.length} period${periods.length === 1 ? '' : 's'}`
  return `${outageNs === 0 ? '0ms' : human(outageNs)} ± ${human(boundNs)} (${losses}${hidden})`
}

/** When the first packet was hit and when the last period ended, from the instant the fault took hold. */
function instants({ periods }: Connectivity, { applied }: Strike): { name: string; value: number; resolution: number }[] {
  const offset = (name: string, edge: Window | undefined) => {
    if (!edge || !Number.isFinite(edge.fromNs) || !Number.isFinite(edge.toNs)) return []
    const value = (edge.fromNs + edge.toNs - applied.fromNs - applied.toNs) / 2
    return [{ name, value, resolution: (edge.toNs - edge.fromNs + applied.toNs - applied.fromNs) / 2 }]
  }
  return [
    ...offset('first_impaired_packet_instant', periods[0]?.begins),
    ...offset('recovery_instant', periods.at(-1)?.ends),
  ]
}

function judgeOne(history: History, record: FlowRecord | undefined, when: When, atMostNs: number): Part {
  if (!record) return { is: 'undecided', text: 'has no record' }
  const window = windowOf(history, record, when)
  if (typeof window === 'string') return { is: 'undecided', text: window }
  const { strike } = window
  const opens = when.after && strike?.healed?.letGo
  const seen = connectivity(record, window, {
    unseenNs: unseen(history, record, window),
    ...(opens && { opens: { ...opens, fromNs: Math.min(window.fromNs, opens.fromNs) } }),
  })
  if (seen.probes === 0) return { is: 'undecided', text: 'saw 0 probes' }
  const bad = strike && unsteady(record, windowOpens(history, record, when))
  if (bad) return { is: 'undecided', text: `steady state was not met before ${(when.during ?? when.after)?.name}: ${bad}` }

  const { outageNs, boundNs, lowNs, highNs } = seen
  const about = { flow: record.flow, direction: record.direction }
  const edges = strike ? instants(seen, strike) : []
  const measures: Measure[] = [
    Number.isFinite(outageNs)
      ? { name: 'loss_of_connectivity_period', value: outageNs, unit: 'ns', resolution: boundNs, ...about }
      : { name: 'loss_of_connectivity_period', value: lowNs, unit: 'ns', ...about },
    { name: 'lost', value: seen.lost, unit: 'packets', ...about },
    { name: 'loss_periods', value: seen.periods.length, unit: 'periods', ...about },
    ...edges.map((edge): Measure => ({ ...edge, unit: 'ns', ...about })),
  ]
  const from = edges.map(({ name, value }) => `${name === 'recovery_instant' ? 'recovered' : 'first lost'} ${human(value)}`)
  const text = lengthText(seen) + (from.length > 0 ? ` ${from.join(', ')} from the fault` : '')
  if (highNs <= atMostNs) return { is: 'upheld', text, measures }
  if (lowNs > atMostNs) return { is: 'broken', text, measures }
  return { is: 'undecided', text: `bound wider than the claim needs: ${text}`, measures }
}

/** The instant at which a fault strikes, at the sender's link. */
function windowOpens(history: History, record: FlowRecord, when: When): number {
  const during = when.during ?? when.after
  const window = during && windowOf(history, record, { during })
  return typeof window === 'object' ? window.fromNs : 0
}

const listed = (of: Named | readonly Named[]): readonly Named[] => ('name' in of ? [of] : of)
