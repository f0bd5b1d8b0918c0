// A number of flows at a rate, for some seconds, and what they cost and lost.

import type { FlowRecord } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import type { Lab } from '../../lab/types.ts'
import { reached, waitFor } from '../../lab/until.ts'
import { probe, send } from '../../traffic/index.ts'
import { cpuTime, between as shares } from '../machine.ts'
import { percentile } from '../statistics.ts'
import { between, type Cpu, cpu } from './cpu.ts'

export type Load = { readonly flows: number; readonly ratePps: number }

export type Trial = {
  readonly load: Load
  /** Probes that reached the wire, both directions. */
  readonly sent: number
  readonly lost: number
  /** Sent, of those asked for, in the direction that did worse. */
  readonly achieved: number
  readonly delay: { readonly p50Ns: number; readonly p99Ns: number }
  /** Between two probes of a flow on the wire. */
  readonly gap: { readonly p99Ns: number; readonly mostNs: number }
  /** ms of CPU, above what the lab uses without probes. */
  readonly cpu: Cpu
  /** Share of all processors that was busy, with whatever. */
  readonly busy?: number
}

const FROM = 'vpc-a-web-1'
const FAR = 'internet'
/** Long enough for 1500 probes of the slowest flow; stalls of this machine come once in some seconds. */
export const TRIAL_S = 6

/** What the lab uses without probes, ms a second. */
export async function idleCpu(lab: Lab): Promise<Cpu> {
  const from = await cpu(lab, FROM, FAR)
  await reached(lab, lab.history.now() + TRIAL_S * 1e9)
  return between(from, await cpu(lab, FROM, FAR))
}

/** Of the probes that entered while the load lasted. */
function tell(records: readonly FlowRecord[], load: Load): Omit<Trial, 'cpu' | 'busy'> {
  const delays = records.flatMap(({ inNs, outNs }) =>
    outNs.flatMap((out, i) => (out === null ? [] : out - (inNs[i] ?? 0))),
  )
  const gaps = records.flatMap(({ inNs }) => inNs.slice(1).map((ns, i) => ns - (inNs[i] ?? 0)))
  const achieved = (['forward', 'reverse'] as const).map((direction) => {
    const mine = records.filter((record) => record.direction === direction)
    const asked = mine.reduce((sum, { inNs, gapNs }) => sum + ((inNs.at(-1) ?? 0) - (inNs[0] ?? 0)) / gapNs + 1, 0)
    return mine.reduce((sum, { inNs }) => sum + inNs.length, 0) / asked
  })
  return {
    load,
    sent: records.reduce((sum, { inNs }) => sum + inNs.length, 0),
    lost: records.reduce((sum, { outNs }) => sum + outNs.filter((out) => out === null).length, 0),
    achieved: Math.min(...achieved),
    delay: { p50Ns: percentile(delays, 0.5), p99Ns: percentile(delays, 0.99) },
    gap: { p99Ns: percentile(gaps, 0.99), mostNs: percentile(gaps, 1) },
  }
}

export async function trial(lab: Lab, load: Load, idle: Cpu): Promise<Trial> {
  const first = ofKind(lab.history, 'flow-record').length
  const { flows, ratePps } = load
  await using stream = await send(lab, probe({ from: FROM, to: FAR, rate: `${ratePps}pps`, flows }))
  // A load that the lab cannot carry may never be answered as a whole; that is a result, not an error.
  await waitFor(lab, stream.answered, { within: '5s' })
  const from = await cpu(lab, FROM, FAR)
  const early = cpuTime()
  await reached(lab, lab.history.now() + TRIAL_S * 1e9)
  const late = cpuTime()
  const used = between(from, await cpu(lab, FROM, FAR))
  await stream.stop()
  return {
    ...tell(ofKind(lab.history, 'flow-record').slice(first), load),
    cpu: between(idle, used),
    ...(early && late && { busy: shares(early, late).busy }),
  }
}

/** Nothing lost, and at least nine tenths sent: what verify asks of every generator. */
export const held = ({ lost, achieved }: Trial): boolean => lost === 0 && achieved >= 0.9
