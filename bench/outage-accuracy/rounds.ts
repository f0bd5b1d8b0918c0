// One condition of the bench: a rate, on an idle or a busy machine; its outages, and what everybody says of them.

import { loadavg } from 'node:os'
import type { Direction, FlowRecord } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import type { Chance } from '../../lab/random.ts'
import { human } from '../../lab/time.ts'
import type { Lab } from '../../lab/types.ts'
import { until } from '../../lab/until.ts'
import { type Flow, probe, send } from '../../traffic/index.ts'
import { keepBusy } from './busy.ts'
import { type Compared, compare, delivered } from './compare.ts'
import { type Cut, cut, lengthOf, windows } from './cut.ts'
import { plan } from './plan.ts'
import { startTools } from './tools.ts'

export type Condition = {
  readonly ratePps: number
  /** Of each workload. */
  readonly flows: number
  readonly busy: boolean
}

export type Found = {
  readonly condition: Condition
  readonly compared: Readonly<Record<Direction, readonly Compared[]>>
  /** By tool: what it would be read as, minus what it was, ns; and how often it showed nothing. */
  readonly tools: readonly { readonly name: string; readonly errorsNs: readonly number[]; readonly unseen: number }[]
  /** Probes by the far ends' own count and by the taps'. */
  readonly heard: { readonly byFarEnds: number; readonly byTaps: number }
  /** Mean load while it ran. */
  readonly load: number
}

/**
 * One on either chassis, each behind a gateway of its own: both userspace switches carry half, and the
 * outage of one is that of the other.
 */
export const WORKLOADS = ['vpc-a-web-1', 'vpc-b-web-1'] as const
/** The tools run in one of them. */
const [BESIDE] = WORKLOADS
const FAR = 'internet'

/** A stream holds what it saw in memory until it stops. */
const ROUND = 25

const load = () => loadavg()[0] ?? 0

/** What the far ends heard of the flows from this one on, by their own count: `end ID DIRECTION SENT HEARD`. */
function heardOf(lab: Lab, fromId: number): number {
  const ends = ofKind(lab.history, 'line').flatMap(({ line }) => /^end (\d+) \w+ \d+ (\d+)$/.exec(line) ?? [])
  let heard = 0
  for (let i = 0; i < ends.length; i += 3) if (Number(ends[i + 1]) >= fromId) heard += Number(ends[i + 2])
  return heard
}

/** One round: streams, outages, and the records of the streams. */
async function round(lab: Lab, { ratePps, flows }: Condition, outages: number, draw: Chance) {
  const from = ofKind(lab.history, 'flow-record').length
  await using streams = new AsyncDisposableStack()
  const sent: Flow[] = []
  for (const workload of WORKLOADS)
    sent.push(streams.use(await send(lab, probe({ from: workload, to: FAR, rate: `${ratePps}pps`, flows }))))
  for (const stream of sent) await until(lab, stream.sustained, { within: '60s' })
  const cuts = await cut(lab, WORKLOADS, plan(outages, draw))
  for (const stream of sent) await stream.stop()
  return { cuts, records: ofKind(lab.history, 'flow-record').slice(from) }
}

/** Makes the outages of a condition, round by round, and tells how it goes. */
export async function measure(lab: Lab, condition: Condition, outages: number, draw: Chance): Promise<Found> {
  const name = told(condition)
  const firstId = ofKind(lab.history, 'flow').filter(({ phase }) => phase === 'started').length + 1
  const address = lab.topology.internet.address
  const relax = condition.busy ? await keepBusy() : undefined
  try {
    const stopTools = await startTools(lab, { node: BESIDE, address, ratePps: condition.ratePps, busy: condition.busy })
    const compared: Record<Direction, Compared[]> = { forward: [], reverse: [] }
    const cuts: Cut[] = []
    const loads: number[] = []
    let byTaps = 0
    const take = (record: FlowRecord, those: readonly Cut[]) => {
      const mine = compare(record, those)
      for (const [i, one] of mine.entries()) {
        const because = wrong(one)
        if (because) console.log(`  ${record.flow} ${record.direction}: ${because}; ${quiet(record, those[i])}`)
      }
      compared[record.direction].push(...mine)
      byTaps += delivered(record)
    }
    while (cuts.length < outages) {
      const made = await round(lab, condition, Math.min(ROUND, outages - cuts.length), draw)
      cuts.push(...made.cuts)
      for (const record of made.records) take(record, made.cuts)
      loads.push(load())
      const worst = Math.max(...compared.forward.map(sized), ...compared.reverse.map(sized))
      console.log(
        `${name}: ${cuts.length} of ${outages} outages, worst error ${human(worst)}, load ${load().toFixed(1)}`,
      )
    }
    const seen = windows(cuts)
    const tools = (await stopTools()).map(({ name, read }) => {
      const readings = seen.map(read)
      return {
        name,
        errorsNs: readings.map((ns, i) => ns - (cuts[i] ? lengthOf(cuts[i]).ns : 0)),
        unseen: readings.filter((ns) => ns === 0).length,
      }
    })
    const heard = { byFarEnds: heardOf(lab, firstId), byTaps }
    return { condition, compared, tools, heard, load: loads.reduce((a, b) => a + b, 0) / loads.length }
  } finally {
    await relax?.()
  }
}

/** What must not be of a measurement, in a few words; nothing of one that is as it should be. */
function wrong({ trueNs, measuredNs, boundNs, inside, missed, invented, ownLosses }: Compared): string | undefined {
  if (missed) return `an outage of ${human(trueNs)} was missed`
  if (ownLosses > 0 || (inside && invented === 0)) return undefined
  const told = `an outage of ${human(trueNs)} was told as ${human(measuredNs)} ± ${human(boundNs)}`
  return invented > 0 ? `${told}, and ${invented} invented` : told
}

/** What the sender did around a cut: how long nothing entered the wire, and how many numbers never did. */
function quiet({ inNs, numbers }: FlowRecord, at: Cut | undefined): string {
  if (!at) return 'no such cut'
  const after = inNs.findIndex((ns) => ns > at.on.toNs)
  const last = after < 0 ? inNs.length : after
  const first = Math.max(
    1,
    inNs.findIndex((ns) => ns >= at.off.fromNs),
  )
  let widest = 0
  for (let i = first; i <= Math.min(last, inNs.length - 1); i++)
    widest = Math.max(widest, (inNs[i] ?? 0) - (inNs[i - 1] ?? 0))
  const given = (numbers[last] ?? 0) - (numbers[first - 1] ?? 0)
  return `its sender gave out ${given} numbers, ${last - first + 1} of them entered the wire, at most ${human(widest)} apart`
}

/** Of one that the lab did not disturb by itself. */
const sized = ({ errorNs, ownLosses }: Compared): number => (ownLosses === 0 ? Math.abs(errorNs) : 0)

/** '16 × 250 pps each way, both cores busy' */
export const told = ({ ratePps, flows, busy }: Condition): string =>
  `${flows * WORKLOADS.length} × ${ratePps} pps each way, ${busy ? 'all cores busy' : 'idle'}`
