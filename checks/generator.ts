// A flow that was not sent proves nothing about the network.

import type { FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { type Check, type Part, together } from './verdict.ts'

/** Share of the asked rate that has to reach the wire. */
const LEAST_RATE = 0.9
/** Share of the numbers that the sender's own stack may refuse. */
const MOST_REFUSED = 0.05
/** A flow's start and end take this long besides sending: 2 s of it wait for what is still on its way. */
const SETTLE_NS = 3e9

/** For how long probes should have been sent: as long as they were, and until the flow was stopped. */
function durationNs(history: History, { flow, inNs, gapNs }: FlowRecord): number {
  const events = ofKind(history, 'flow').filter((event) => event.flow === flow)
  const stopped = events.findLast(({ phase }) => phase === 'stopped')
  const firstNs = inNs[0] ?? events.findLast(({ phase }) => phase === 'started')?.atNs ?? 0
  return Math.max((inNs.at(-1) ?? firstNs) - firstNs + gapNs, (stopped?.atNs ?? 0) - firstNs - SETTLE_NS)
}

/** Share of the numbers that never reached the wire, by the sender's word or by the tap, whichever is worse. */
function refused(history: History, { flow, direction, numbers }: FlowRecord): number {
  const said = ofKind(history, 'generator').filter((event) => event.flow === flow && event.direction === direction)
  const errors = said.reduce((sum, event) => sum + event.errors, 0)
  const sent = said.reduce((sum, event) => sum + event.sent, 0)
  const span = (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) + 1
  return Math.max(errors === 0 ? 0 : errors / (sent + errors), numbers.length === 0 ? 0 : 1 - numbers.length / span)
}

function judgeOne(history: History, record: FlowRecord): Part {
  const { flow, direction, gapNs, numbers } = record
  const started = ofKind(history, 'flow').findLast((event) => event.flow === flow && event.phase === 'started')
  const askedPps = started?.ratePps ?? 1e9 / gapNs
  const achievedPps = (numbers.length * 1e9) / durationNs(history, record)
  const share = refused(history, record)
  const text = `generator of ${flow} ${direction} sent ${Math.round(achievedPps)} pps of ${Math.round(askedPps)} pps asked`
  const measures = [{ name: 'achieved_rate', value: achievedPps, unit: 'pps' as const, flow, direction }]
  if (share > MOST_REFUSED)
    return { is: 'undecided', text: `${text}, its own stack refused ${(100 * share).toFixed(1)}%`, measures }
  return { is: achievedPps < LEAST_RATE * askedPps ? 'undecided' : 'upheld', text, measures }
}

/** The far end answers a flow once it has heard of it: a reverse direction that never began was not asked for. */
const asked = (record: FlowRecord, all: readonly FlowRecord[]) =>
  record.direction === 'forward' ||
  record.numbers.length > 0 ||
  all.some(
    ({ flow, direction, outNs }) =>
      flow === record.flow && direction === 'forward' && outNs.some((out) => out !== null),
  )

/** Every flow was sent at the rate asked for, each way; never broken, as it says nothing about the network. */
export const generatorKept: Check = {
  claim: 'every generator kept its rate',
  judge: (history) => {
    const latest = new Map(
      ofKind(history, 'flow-record').map((record) => [`${record.flow} ${record.direction}`, record]),
    )
    const records = [...latest.values()]
    const parts = records.filter((record) => asked(record, records)).map((record) => judgeOne(history, record))
    const claim = generatorKept.claim
    return parts.length > 0 ? together({ claim, parts }) : { is: 'upheld', measured: `${claim}: no flow was sent` }
  },
}
