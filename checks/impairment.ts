// What a bystander may feel of a fault: nothing.

import type { FlowRecord, Measure } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import { phrase, stretchOf, type When } from '../lab/loss/stretch.ts'
import { type Named, untold, type Window } from '../lab/loss/window.ts'
import { figuresOf } from '../lab/measures/figures.ts'
import { impairedOf, packetsIn } from '../lab/measures/packets.ts'
import { type Result, resultOf } from '../lab/measures/result.ts'
import { human } from '../lab/time.ts'
import { unsteadyBefore } from './control.ts'
import { eachFlow, type FlowPart } from './flows.ts'
import { type Check, together } from './verdict.ts'

export type Impairment = When & { readonly of: Named | readonly Named[]; readonly is: 'none' }

/** Numbers that never reached the wire leave holes in the evidence; more of them than this, and it is none. */
const MOST_MISSING = 0.01

/** Of all figures those that tell of impairments. */
const told = ({ name }: Measure) =>
  /^(lost|excess_forwarding_delay|duplicated|reordered|impaired|one_way_delay_.*|ipdv_.*)$/.test(name)

function summary({ counts: { sent, lost, late, duplicated = 0, reordered }, delay }: Result): string {
  const tooLate = late > 0 ? ` (${late} of them too late)` : ''
  const counts = `${lost} lost${tooLate}, ${duplicated} duplicated, ${reordered} reordered of ${sent}`
  return `${counts}, one-way delay p50 ${human(delay?.p50 ?? 0)} p99 ${human(delay?.p99 ?? 0)}`
}

function judgeOne(history: History, record: FlowRecord, when: When): FlowPart {
  const stretch = stretchOf(history, record, when)
  if (typeof stretch === 'string') return { is: 'undecided', text: stretch }
  const result = resultOf(history, [{ record, stretch }])
  if (!result) return { is: 'undecided', text: 'left no record' }
  const { counts } = result
  const figure = impairedOf(counts)
  const text = summary(result)
  const { flow, direction } = record
  const measures = figuresOf(result)
    .filter(told)
    .map((measure) => ({ ...measure, flow, direction }))
  const undecided = (because: string): FlowPart => ({ is: 'undecided', text: because, measures, figure })

  if (counts.sent === 0) return { is: 'undecided', text: 'saw 0 probes' }
  const unsteady = unsteadyBefore(history, record)
  if (unsteady) return undecided(`${unsteady}: ${text}`)
  if (figure > 0) return { is: 'broken', text, measures, figure }
  const open = untold(record, stretch)
  if (open) return undecided(`${open}: ${text}`)
  if (counts.duplicated === undefined) return undecided(`${record.duplicates} duplicated, nobody knows when`)
  const numbers = numbersIn(record, stretch)
  if (numbers - counts.sent > MOST_MISSING * numbers)
    return undecided(`${numbers - counts.sent} of ${numbers} probes never reached the wire`)
  return { is: 'upheld', text, measures, figure }
}

/** How many numbers the sender gave out in a window, also those that never reached the wire. */
function numbersIn(record: FlowRecord, window: Window): number {
  const packets = packetsIn(record, window)
  return (packets.at(-1)?.number ?? 0) - (packets[0]?.number ?? 0) + 1
}

/**
 * No packet of these flows is impaired (RFC 6412 §3.8.1): none lost, duplicated or reordered, in
 * either direction; over the whole run, unless told which part. Delay is measured, not judged. Undecided where
 * the flow's control run had impaired packets already: then the steady state was not met.
 */
export function impairment({ of, is, ...when }: Impairment): Check {
  const flows: readonly Named[] = 'name' in of ? [of] : of
  const subject = `impairment of ${flows.map(({ name }) => name).join(' and ')}${phrase(when)}`
  const claim = `${subject} ${is}`
  return {
    claim,
    judge: (history) => {
      const parts = eachFlow(history, {
        of: flows,
        directions: ['forward', 'reverse'],
        judge: (record) => judgeOne(history, record, when),
        show: (figure) => `${figure} impaired`,
      })
      return together({ claim, subject, parts })
    },
  }
}
