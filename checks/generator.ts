// A flow that was not sent proves nothing about the network.

import type { FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { faultWindows } from '../lab/loss/strike.ts'
import { type FlowPart, shortName, worstOf } from './flows.ts'
import { type Check, type Part, together } from './verdict.ts'

/** Share of the asked rate that has to reach the wire. */
const LEAST_RATE = 0.9
/** Share of the numbers that the sender's own stack may refuse. */
const MOST_REFUSED = 0.05
/** A flow's start and end take this long besides sending: 2 s of it wait for what is still on its way. */
const SETTLE_NS = 3e9

/**
 * For how long its own node could send nothing, because a fault struck that: a dead node's sender is dead too. Of each
 * fault the longest pause that it touches; one that several touch, as a storm and its parts do, counts once.
 */
function struckNs(history: History, { flow, direction, inNs, gapNs }: FlowRecord): number {
  const ends = ofKind(history, 'flow').find((event) => event.flow === flow)
  const node = direction === 'forward' ? ends?.from : ends?.to
  const pauses = new Map<number, number>()
  for (const { targets, applied, healed } of faultWindows(history.events)) {
    if (node === undefined || !targets.includes(node)) continue
    let [at, longestNs] = [0, 0]
    for (let i = 1; i < inNs.length; i++) {
      const [before, ns] = [inNs[i - 1] ?? 0, inNs[i] ?? 0]
      if (ns <= applied.fromNs || before > (healed?.toNs ?? Number.POSITIVE_INFINITY)) continue
      if (ns - before - gapNs > longestNs) [at, longestNs] = [i, ns - before - gapNs]
    }
    pauses.set(at, longestNs)
  }
  return [...pauses.values()].reduce((sum, ns) => sum + ns, 0)
}

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

type Sent = {
  readonly record: FlowRecord
  readonly achievedPps: number
  readonly askedPps: number
  /** Share refused by the sender's own stack. */
  readonly share: number
}

function sentOf(history: History, record: FlowRecord): Sent {
  const { flow, gapNs, numbers } = record
  const started = ofKind(history, 'flow').findLast((event) => event.flow === flow && event.phase === 'started')
  return {
    record,
    askedPps: started?.ratePps ?? 1e9 / gapNs,
    achievedPps: (numbers.length * 1e9) / (durationNs(history, record) - struckNs(history, record)),
    share: refused(history, record),
  }
}

function judgeOne({ record: { flow, direction }, achievedPps, askedPps, share }: Sent): FlowPart {
  const text = `sent ${Math.round(achievedPps)} pps of ${Math.round(askedPps)} pps asked`
  const measures = [{ name: 'achieved_rate', value: achievedPps, unit: 'pps' as const, flow, direction }]
  const figure = achievedPps
  if (share > MOST_REFUSED)
    return { is: 'undecided', text: `${text}, its own stack refused ${(100 * share).toFixed(1)}%`, measures, figure }
  return { is: achievedPps < LEAST_RATE * askedPps ? 'undecided' : 'upheld', text, measures, figure }
}

/** One part for a flow, or for all flows of a stream in one direction. */
function judgeStream(sent: readonly Sent[]): Part {
  const [first] = sent
  const part = worstOf(
    sent.map((one) => ({ name: shortName(one.record), part: judgeOne(one) })),
    { show: (figure) => `${Math.round(figure)} pps`, worse: 'less' },
  )
  const name = first ? `${first.record.of ?? first.record.flow} ${first.record.direction}` : 'nothing'
  return { ...part, text: `generator of ${name} ${part.text}` }
}

/** The far end answers a flow once it has heard of it: a reverse direction that never began was not asked for. */
const asked = (record: FlowRecord, all: readonly FlowRecord[]) =>
  record.direction === 'forward' ||
  record.numbers.length > 0 ||
  all.some(
    ({ flow, direction, outNs }) =>
      flow === record.flow && direction === 'forward' && outNs.some((out) => out !== null),
  )

/** What was sent of each flow, each way, as its last record has it. */
function sentIn(history: History): Sent[] {
  const latest = new Map(ofKind(history, 'flow-record').map((record) => [`${record.flow} ${record.direction}`, record]))
  const records = [...latest.values()]
  return records.filter((record) => asked(record, records)).map((record) => sentOf(history, record))
}

/**
 * Whether a sender had no time to send. One whose own stack refused, for want of a route say, had it: what the
 * network did to others can be found beside it.
 */
export const heldBack = (history: History): boolean =>
  sentIn(history).some(
    ({ achievedPps, askedPps, share }) => share <= MOST_REFUSED && achievedPps < LEAST_RATE * askedPps,
  )

/** Every flow was sent at the rate asked for, each way; never broken, as it says nothing about the network. */
export const generatorKept: Check = {
  claim: 'every generator kept its rate',
  judge: (history) => {
    const streams = Map.groupBy(sentIn(history), ({ record: { flow, of = flow, direction } }) => `${of} ${direction}`)
    const parts = [...streams.values()].map(judgeStream)
    const claim = generatorKept.claim
    return parts.length > 0 ? together({ claim, parts }) : { is: 'upheld', measured: `${claim}: no flow was sent` }
  },
}
