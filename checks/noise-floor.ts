// Whether the instrument is of use on this machine now: what it sees of itself while no fault is in force.

import type { FlowRecord, Measure } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Floor, floorOf, tooShort } from '../lab/measures/floor.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { eachFlow, type FlowPart } from './flows.ts'
import { type Check, together } from './verdict.ts'

export type NoiseFloor = {
  readonly of: Named | readonly Named[]
  /** Between two probes that follow each other on the wire. */
  readonly gap: Duration
  /** One-way, of 99 in 100 probes. */
  readonly delay: Duration
}

function measuresOf({ flow, direction, lengthNs, longestGapNs, lost, delay }: Floor): Measure[] {
  const ns = (name: string, value: number) => ({ name, value, unit: 'ns' as const, flow, direction })
  return [
    ns('control_run', lengthNs),
    ns('longest_gap', longestGapNs),
    { name: 'lost', value: lost, unit: 'packets', flow, direction },
    ...(delay ? [ns('one_way_delay_p99', delay.p99), ns('one_way_delay_max', delay.max)] : []),
  ]
}

function judgeOne(history: History, record: FlowRecord, limits: { gapNs: number; delayNs: number }): FlowPart {
  const floor = floorOf(history, record)
  if (typeof floor === 'string') return { is: 'undecided', text: floor }
  const { longestGapNs, delay, lengthNs } = floor
  const measures = measuresOf(floor)
  const short = tooShort(floor)
  if (short || !delay) return { is: 'undecided', text: short ?? 'nothing arrived', measures }
  const within = longestGapNs <= limits.gapNs && delay.p99 <= limits.delayNs
  const text = `gaps up to ${human(longestGapNs)}, delay p99 ${human(delay.p99)} max ${human(delay.max)}, in ${human(lengthNs)}`
  return { is: within ? 'upheld' : 'undecided', text, measures, figure: longestGapNs }
}

/**
 * The noise floor of these flows is at most that, each of them, both ways, before the first fault or in a run
 * without any. Never broken: what is above it is this machine's doing, and says nothing about the network.
 */
export function noiseFloor({ of, gap, delay }: NoiseFloor): Check {
  const flows: readonly Named[] = 'name' in of ? [of] : of
  const limits = { gapNs: toNs(gap), delayNs: toNs(delay) }
  const subject = `noise floor of ${flows.map(({ name }) => name).join(' and ')}`
  const claim = `${subject} at most gaps of ${gap} and delay p99 of ${delay}`
  return {
    claim,
    judge: (history) => {
      const judge = (record: FlowRecord) => judgeOne(history, record, limits)
      const parts = eachFlow(history, { of: flows, directions: ['forward', 'reverse'], judge, show: human })
      return together({ claim, subject, parts })
    },
  }
}
