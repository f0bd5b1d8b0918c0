// What claims about real traffic have in common: whose, when, and whether the history tells of it.

import type { Event, Measure } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { phrase, type When } from '../lab/loss/stretch.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import type { Named, Window } from '../lab/loss/window.ts'
import type { TrafficEvent, TrafficSample, TransferSample } from '../lab/traffic/events.ts'
import { kinds, requestsOf } from '../lab/traffic/requests.ts'
import { flowsOf, samplesIn, silence, windowOf } from '../lab/traffic/samples.ts'
import { rate } from '../lab/traffic/transfer.ts'
import { type Check, type Part, together } from './verdict.ts'

/** A flow of real traffic in the stretch that a claim speaks of. */
export type Stretch = {
  readonly history: History
  readonly flow: Event & TrafficEvent
  readonly window: Window
  readonly samples: readonly TrafficSample[]
  readonly moved: readonly TransferSample[]
}

/** So much has to be well before a fault for a flow to prove anything about it. */
const STEADY_NS = 2e9
/** Share of what was asked for that has to come about, as for the generator's own check. */
const STEADY_SHARE = 0.9

const of = <T extends { readonly flow: string }>(events: readonly T[], flow: string) =>
  events.filter((event) => event.flow === flow)

/** Why the flow was not well in the seconds before a fault, if it was not. */
function unsteady(samples: readonly TrafficSample[], moved: readonly TransferSample[], askedBps: number) {
  const { answered, failed, errors } = requestsOf(samples)
  if (failed > 0) return `${kinds(errors)} of ${answered + failed} requests before`
  const got = moved.filter(({ side }) => side === 'receiver')
  const bps = (8e9 * got.reduce((n, { bytes }) => n + bytes, 0)) / got.reduce((n, s) => n + s.toNs - s.fromNs, 0)
  if (got.length > 0 && bps < STEADY_SHARE * askedBps) return `${rate(bps)} of ${rate(askedBps)} before`
  return answered === 0 && got.length === 0 ? 'nothing was told of the seconds before' : undefined
}

function steadyState(history: History, { flow, unit, asked }: TrafficEvent, { during, after }: When) {
  const fault = during ?? after
  const strike = fault && strikeOf(history, fault)
  if (!fault || !strike || typeof strike === 'string') return undefined
  const struckNs = strike.applied.fromNs
  const before = { fromNs: struckNs - STEADY_NS, toNs: struckNs, takesLast: false }
  const told = unsteady(
    samplesIn(of(ofKind(history, 'traffic-sample'), flow), before),
    samplesIn(of(ofKind(history, 'transfer-sample'), flow), before),
    unit === 'bits' ? asked : 0,
  )
  return told && `steady state was not met before ${fault.name}: ${told}`
}

function judgeFlow(history: History, flow: Event & TrafficEvent, when: When, judge: (stretch: Stretch) => Part): Part {
  const window = windowOf(history, when)
  if (typeof window === 'string') return { is: 'undecided', text: window }
  const bad = steadyState(history, flow, when)
  if (bad) return { is: 'undecided', text: bad }
  const samples = of(ofKind(history, 'traffic-sample'), flow.flow)
  const moved = of(ofKind(history, 'transfer-sample'), flow.flow)
  const receiver = moved.filter(({ side }) => side === 'receiver')
  const missing = silence(history, flow, flow.unit === 'bits' ? receiver : samples, window)
  const part = judge({
    history,
    flow,
    window,
    samples: samplesIn(samples, window),
    moved: samplesIn(moved, window),
  })
  // What is broken by what was told stays broken, whatever was not.
  return missing && part.is !== 'broken' ? { ...part, is: 'undecided', text: `${missing}: ${part.text}` } : part
}

export type Claim = {
  /** 'errors of http a → b at most 1%', with the stretch put in after the subject. */
  readonly subject: string
  readonly limit: string
  readonly of: Named | readonly Named[]
  readonly when: When
  /** Which of the flows it speaks of; those of other generators are left out. */
  readonly about: readonly TrafficEvent['generator'][]
  readonly judge: (stretch: Stretch) => Part
}

/** A claim that every flow keeps, each on its own. Throws ScenarioError for two stretches at once. */
export function claimOf({ subject, limit, of: named, when, about, judge }: Claim): Check {
  const all: readonly Named[] = 'name' in named ? [named] : named
  const what = `${subject} of ${all.map(({ name }) => name).join(' and ')}${phrase(when)}`
  const claim = `${what} ${limit}`
  return {
    claim,
    judge: (history) => {
      const parts = all.flatMap((each): Part[] => {
        const flows = (flowsOf(history, each) as (Event & TrafficEvent)[]).filter((f) => about.includes(f.generator))
        if (flows.length === 0) return [{ is: 'undecided', text: `${each.name} sent nothing of the kind` }]
        return flows.map((flow) => {
          const part = judgeFlow(history, flow, when, judge)
          const many = all.length > 1 || flows.length > 1
          return { ...part, text: `${many ? `${flow.flow} ` : ''}${part.text}` }
        })
      })
      const fault = (when.during ?? when.after)?.name
      const evidence = history.events.filter((event) => event.kind === 'fault' && event.fault === fault)
      return together({ claim, subject: what, parts, evidence })
    },
  }
}

export const measure = (flow: string, name: string, value: number, unit: Measure['unit']): Measure => ({
  name,
  value,
  unit,
  flow,
})
