// How long a flow may be cut off. By the taps, never by the receiver's clock: what the sender's
// stalls leave unknown is part of the result.

import type { FlowRecord, Measure } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import { type Connectivity, connectivityIn, instants } from '../lab/loss/connectivity.ts'
import type { Span } from '../lab/loss/loss-period.ts'
import { phrase, stretchOf, type When } from '../lab/loss/stretch.ts'
import { firstFrom, type Named, recordOf, STEADY_NS, untold } from '../lab/loss/window.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { type Check, type Part, together } from './verdict.ts'

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

function lengthText({ outageNs, boundNs, lowNs, highNs, lost, probes, periods }: Connectivity): string {
  const open =
    periods.at(-1)?.ends.toNs === Number.POSITIVE_INFINITY ? 'not back when the record ends' : 'down when it begins'
  if (!Number.isFinite(outageNs)) return `at least ${human(lowNs)} (${lost} lost, ${open})`
  const hidden = highNs > outageNs + boundNs ? `, up to ${human(highNs)} counting the sender's stalls` : ''
  const count = `${periods.length} period${periods.length === 1 ? '' : 's'}`
  const losses = lost === 0 ? `none lost of ${probes}` : `${lost} lost in ${count}`
  return `${human(outageNs)} ± ${human(boundNs)} (${losses}${hidden})`
}

/** One direction of one flow. */
function judgeOne(history: History, record: FlowRecord | undefined, when: When, atMostNs: number): Part {
  if (!record) return { is: 'undecided', text: 'left no record' }
  const stretch = stretchOf(history, record, when)
  if (typeof stretch === 'string') return { is: 'undecided', text: stretch }
  const { fault } = stretch
  const seen = connectivityIn(history, record, stretch)
  if (seen.probes === 0) return { is: 'undecided', text: 'saw 0 probes' }
  const bad = fault && unsteady(record, fault.struckNs)
  if (bad) return { is: 'undecided', text: `steady state was not met before ${fault.name}: ${bad}` }

  const { outageNs, boundNs, lowNs, highNs, lost, periods } = seen
  const { firstImpaired, recovery } = instants(seen, stretch)
  const edge = (name: string, at: Span | undefined) =>
    at ? [{ name, value: at.estimateNs, unit: 'ns' as const, resolution: at.boundNs }] : []
  const edges = [...edge('first_impaired_packet_instant', firstImpaired), ...edge('recovery_instant', recovery)]
  const length = Number.isFinite(outageNs) ? { value: outageNs, resolution: boundNs } : { value: lowNs }
  const measures = [
    { name: 'loss_of_connectivity_period', unit: 'ns' as const, ...length },
    { name: 'lost', value: lost, unit: 'packets' as const },
    { name: 'loss_periods', value: periods.length, unit: 'periods' as const },
    ...edges,
  ].map((measure): Measure => ({ ...measure, flow: record.flow, direction: record.direction }))
  const offsets = edges.map(
    ({ name, value }) => `${name === 'recovery_instant' ? 'recovered' : 'first lost'} ${human(value)}`,
  )
  const after = when.after ? 'after the fault let go' : 'from the fault'
  const text = [lengthText(seen), ...(offsets.length > 0 ? [`${offsets.join(', ')} ${after}`] : [])].join(', ')
  const open = untold(record, stretch)
  if (open && lowNs <= atMostNs) return { is: 'undecided', text: `${open}: ${text}`, measures }
  if (highNs <= atMostNs) return { is: 'upheld', text, measures }
  if (lowNs > atMostNs) return { is: 'broken', text, measures }
  return { is: 'undecided', text: `bound wider than the claim needs: ${text}`, measures }
}

/**
 * The flows lose connectivity for at most this long, each of them, in each direction: the Route Loss
 * of Connectivity Period of RFC 6412 §3.6.5, with its bound. During a fault: what begins between
 * striking and healing. After it: what begins then, and what the fault left behind, from the instant
 * it let go. Throws ScenarioError for a limit that is no duration.
 */
export function outage({ of, atMost, direction = 'both', ...when }: Outage): Check {
  const flows: readonly Named[] = 'name' in of ? [of] : of
  const directions = direction === 'both' ? (['forward', 'reverse'] as const) : [direction]
  const subject = `outage of ${flows.map(({ name }) => name).join(' and ')}${phrase(when)}`
  const claim = `${subject} at most ${atMost}`
  const atMostNs = toNs(atMost)
  return {
    claim,
    judge: (history) => {
      const parts = flows.flatMap((flow) =>
        directions.map((way): Part => {
          const part = judgeOne(history, recordOf(history, flow, way), when, atMostNs)
          return { ...part, text: `${flows.length > 1 ? `${flow.name} ` : ''}${way} ${part.text}` }
        }),
      )
      const fault = (when.during ?? when.after)?.name
      const evidence = history.events.filter((event) => event.kind === 'fault' && event.fault === fault)
      return together({ claim, subject, parts, evidence })
    },
  }
}
