// What a bystander may feel of a fault: nothing.

import type { FlowRecord, Measure } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import { phrase, stretchOf, type When } from '../lab/loss/stretch.ts'
import { firstFrom, type Named, recordOf, untold, type Window } from '../lab/loss/window.ts'
import { human } from '../lab/time.ts'
import { type Check, type Part, together } from './verdict.ts'

export type Impairment = When & { readonly of: Named | readonly Named[]; readonly is: 'none' }

/** Numbers that never reached the wire leave holes in the evidence; more of them than this, and it is none. */
const MOST_MISSING = 0.01

/** Probes in the order of arrival whose number is below one that came before (RFC 4737 §3.3). */
function reordered(arrivals: readonly { readonly number: number; readonly outNs: number }[]): number {
  let highest = Number.NEGATIVE_INFINITY
  let count = 0
  for (const { number } of arrivals.toSorted((a, b) => a.outNs - b.outNs)) {
    if (number < highest) count++
    highest = Math.max(highest, number)
  }
  return count
}

/** Copies that arrived in the window; undefined where the record does not say when they did. */
function duplicated({ duplicates, duplicateNs }: FlowRecord, { fromNs, toNs }: Window): number | undefined {
  if (duplicates === 0 || fromNs === Number.NEGATIVE_INFINITY) return duplicates
  return duplicateNs?.filter((ns) => ns >= fromNs && ns < toNs).length
}

const quantile = (sorted: readonly number[], q: number) => sorted[Math.ceil(q * sorted.length) - 1] ?? 0

function judgeOne(history: History, record: FlowRecord | undefined, when: When): Part {
  if (!record) return { is: 'undecided', text: 'left no record' }
  const window = stretchOf(history, record, when)
  if (typeof window === 'string') return { is: 'undecided', text: window }
  const [first, end] = [firstFrom(record.inNs, window.fromNs), firstFrom(record.inNs, window.toNs)]
  const probes = record.numbers.slice(first, end).map((number, i) => ({
    number,
    inNs: record.inNs[first + i] ?? 0,
    outNs: record.outNs[first + i] ?? null,
  }))
  const arrivals = probes.flatMap(({ outNs, ...probe }) => (outNs === null ? [] : [{ ...probe, outNs }]))
  const delays = arrivals.map(({ inNs, outNs }) => outNs - inNs).toSorted((a, b) => a - b)
  const numbers = probes.length === 0 ? 0 : (probes.at(-1)?.number ?? 0) - (probes[0]?.number ?? 0) + 1
  const missing = numbers - probes.length
  const copies = duplicated(record, window)
  const counts = { lost: probes.length - arrivals.length, duplicated: copies ?? 0, reordered: reordered(arrivals) }
  const delay = { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) }
  const measures: Measure[] = [
    ...Object.entries(counts).map(([name, value]) => ({ name, value, unit: 'packets' as const })),
    ...Object.entries(arrivals.length > 0 ? delay : {}).map(([q, value]) => ({
      name: `one_way_delay_${q}`,
      value,
      unit: 'ns' as const,
    })),
  ].map((measure) => ({ ...measure, flow: record.flow, direction: record.direction }))
  const summary = `${Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')} of ${probes.length}`
  const text = `${summary}, one-way delay p50 ${human(delay.p50)} p99 ${human(delay.p99)}`

  if (Object.values(counts).some((count) => count > 0)) return { is: 'broken', text, measures }
  if (probes.length === 0) return { is: 'undecided', text: 'saw 0 probes' }
  const open = untold(record, window)
  if (open) return { is: 'undecided', text: `${open}: ${text}`, measures }
  if (copies === undefined)
    return { is: 'undecided', text: `${record.duplicates} duplicated, nobody knows when`, measures }
  if (missing > MOST_MISSING * numbers)
    return { is: 'undecided', text: `${missing} of ${numbers} probes never reached the wire`, measures }
  return { is: 'upheld', text, measures }
}

/**
 * No packet of these flows is impaired (RFC 6412 §3.8.1): none lost, duplicated or reordered, in
 * either direction; over the whole run, unless told which part. Delay is measured, not judged.
 */
export function impairment({ of, is, ...when }: Impairment): Check {
  const flows: readonly Named[] = 'name' in of ? [of] : of
  const subject = `impairment of ${flows.map(({ name }) => name).join(' and ')}${phrase(when)}`
  const claim = `${subject} ${is}`
  return {
    claim,
    judge: (history) => {
      const parts = flows.flatMap((flow) =>
        (['forward', 'reverse'] as const).map((direction): Part => {
          const part = judgeOne(history, recordOf(history, flow, direction), when)
          return { ...part, text: `${flows.length > 1 ? `${flow.name} ` : ''}${direction} ${part.text}` }
        }),
      )
      return together({ claim, subject, parts })
    },
  }
}
