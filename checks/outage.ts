// How long a flow may be cut off. By the taps, never by the receiver's clock: what the sender's
// stalls leave unknown is part of the result.

import type { FlowRecord, Measure } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import { type Connectivity, connectivityIn } from '../lab/loss/connectivity.ts'
import { phrase, stretchOf, type When } from '../lab/loss/stretch.ts'
import { firstFrom, type Named, STEADY_NS, untold } from '../lab/loss/window.ts'
import { figuresOf } from '../lab/measures/figures.ts'
import { type Result, resultOf } from '../lab/measures/result.ts'
import { longestText } from '../lab/stages/stage.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { finerThanFloor } from './control.ts'
import { eachFlow, type FlowPart } from './flows.ts'
import { type Check, together } from './verdict.ts'

export type Outage = When & {
  readonly of: Named | readonly Named[]
  readonly atMost: Duration
  /** And no less: where nobody notices, it lasts as long as its cause. */
  readonly atLeast?: Duration
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

/** What else is told of it: from which instant to which, and how it converged. */
function story({ instants, switchover, event, convergence, stages }: Result, { after }: When): string[] {
  const { firstImpaired, recovery } = instants
  const edges = [
    ...(firstImpaired ? [`first lost ${human(firstImpaired.estimateNs)}`] : []),
    ...(recovery ? [`recovered ${human(recovery.estimateNs)}`] : []),
  ]
  const name = event === 'reversion' ? 'reversion' : 'failover'
  return [
    ...(edges.length > 0 ? [`${edges.join(', ')} ${after ? 'after the fault let go' : 'from the fault'}`] : []),
    ...(switchover ? [`${name} time ${human(switchover.ns)} ± ${human(switchover.boundNs)}`] : []),
    ...(convergence?.is === 'not sustained' ? [convergence.because] : []),
    ...longestText(stages),
  ]
}

/** Of all figures those that tell of an outage. */
const FIGURES = [
  'loss_of_connectivity_period',
  'connectivity_packet_loss',
  'loss_periods',
  'first_impaired_packet_instant',
  'recovery_instant',
  'full_convergence_time',
  'packet_sampling_interval',
  'failover_time',
  'reversion_time',
  'additive_backup_delay',
]

type Limits = { readonly atMostNs: number; readonly atLeastNs: number }

/** One direction of one flow. */
function judgeOne(history: History, record: FlowRecord, when: When, { atMostNs, atLeastNs }: Limits): FlowPart {
  const stretch = stretchOf(history, record, when)
  if (typeof stretch === 'string') return { is: 'undecided', text: stretch }
  const { fault } = stretch
  const seen = connectivityIn(history, record, stretch)
  if (seen.probes === 0) return { is: 'undecided', text: 'saw 0 probes' }
  const bad = fault && unsteady(record, fault.struckNs)
  if (bad) return { is: 'undecided', text: `steady state was not met before ${fault.name}: ${bad}` }

  const { lowNs, highNs, outageNs } = seen
  const result = resultOf(history, [{ record, stretch }])
  const measures = result ? figuresOf(result).filter(({ name }) => FIGURES.includes(name)) : []
  const told = {
    text: [lengthText(seen), ...(result ? story(result, when) : [])].join(', '),
    measures: measures.map((measure): Measure => ({ ...measure, flow: record.flow, direction: record.direction })),
    figure: Number.isFinite(outageNs) ? outageNs : lowNs,
  }
  const undecided = (why: string): FlowPart => ({ ...told, is: 'undecided', text: `${why}: ${told.text}` })

  const open = untold(record, stretch)
  if (open && lowNs <= atMostNs) return undecided(open)
  const doubt = finerThanFloor(history, record, { atMostNs, lowNs })
  if (doubt) return undecided(doubt)
  if (lowNs > atMostNs || highNs < atLeastNs) return { ...told, is: 'broken' }
  if (highNs > atMostNs || lowNs < atLeastNs) return undecided('bound wider than the claim needs')
  const { convergence } = result ?? {}
  const validated = convergence?.is !== 'not sustained' || convergence.endedBy === 'event'
  return validated ? { ...told, is: 'upheld' } : undecided('the recovery was not watched for long enough')
}

/**
 * The flows lose connectivity for at most this long, each of them, in each direction: the Route Loss
 * of Connectivity Period of RFC 6412 §3.6.5, with its bound. During a fault: what begins between
 * striking and healing. After it: what begins then, and what the fault left behind, from the instant
 * it let go. Undecided where the limit is finer than the noise floor of the flow's control run, and where the
 * record ends before its recovery was validated (§3.7.5). Throws ScenarioError for a limit that is no duration.
 */
export function outage({ of, atMost, atLeast = '0ms', direction = 'both', ...when }: Outage): Check {
  const flows: readonly Named[] = 'name' in of ? [of] : of
  const directions = direction === 'both' ? (['forward', 'reverse'] as const) : [direction]
  const subject = `outage of ${flows.map(({ name }) => name).join(' and ')}${phrase(when)}`
  const least = atLeast === '0ms' ? '' : `at least ${atLeast} and `
  const claim = `${subject} ${least}at most ${atMost}`
  const limits = { atMostNs: toNs(atMost), atLeastNs: toNs(atLeast) }
  return {
    claim,
    judge: (history) => {
      const judge = (record: FlowRecord) => judgeOne(history, record, when, limits)
      const parts = eachFlow(history, { of: flows, directions, judge, show: human })
      const fault = (when.during ?? when.after)?.name
      const evidence = history.events.filter((event) => event.kind === 'fault' && event.fault === fault)
      return together({ claim, subject, parts, evidence })
    },
  }
}
