// Impairments that probes tell of: what the taps saw of them while each was in force.

import type { Damage } from '../../chaos/damage.ts'
import { type Injected, impair, inject } from '../../chaos/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import type { FaultPhase, FlowRecord } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import type { Window } from '../../lab/loss/window.ts'
import { distribution } from '../../lab/measures/distribution.ts'
import { arrivalsOf, duplicatesIn, type Packet, packetsIn } from '../../lab/measures/packets.ts'
import { PROBE_PORT } from '../../lab/nodes/plan.ts'
import { type Duration, toNs } from '../../lab/time.ts'
import type { Lab } from '../../lab/types.ts'
import { reached, until } from '../../lab/until.ts'
import { probe, send } from '../../traffic/index.ts'
import { burstsIn, deviation, type Figure, ofBursts, ofShare, ofShareInBursts } from './tolerance.ts'

/** One chassis: nothing of the path but its userspace switch is beside the link that is impaired. */
export const TOPOLOGY = oneVpc
export const [SENDER, RECEIVER] = ['vpc-a-web-1', 'vpc-a-app-1'] as const

/** What is asked, in words, and what is measured of it. */
export type Row = { readonly asked: string; readonly figures: readonly (Figure & { readonly of: string })[] }

/** What the record tells of a stretch, and of the undisturbed one before all. */
type Seen = {
  readonly packets: readonly Packet[]
  readonly duplicates: number
  readonly delaysMs: readonly number[]
  /** Median of the delay before anything was impaired. */
  readonly floorMs: number
  /** Datagrams that the receiver's kernel found corrupt, of so many that were sent while any were made so. */
  readonly corrupt: number
  readonly among: number
}

type Case = { readonly damage: Damage; readonly read: (seen: Seen) => Row['figures']; readonly atReceiver?: true }

/** 3000 probes each. */
const LASTING: Duration = '3s'
/** What is sent later may be let go by the heal before its time. */
const LAST_NS = 200e6
/**
 * The path's own delay moves by some 0.1 ms from one second to the next, and what wakes to send a packet on does so
 * up to some 0.5 ms late on a busy machine.
 */
const MOVES_MS = 1

const share = (of: string, asked: number, count: number, n: number): Row['figures'][number] => ({
  of,
  asked: asked * 100,
  measured: (count / n) * 100,
  tolerance: ofShare(asked, n) * 100,
  unit: '%',
})

const delayed = (delayMs: number, variationMs = 0): Case => ({
  damage: { delay: `${delayMs}ms`, ...(variationMs > 0 && { variation: `${variationMs}ms` }) },
  read: ({ delaysMs, floorMs }) => {
    const shifts = delaysMs.map((ms) => ms - floorMs)
    // A swing that is cut off at either end of the stretch counts half a range at most, 8 variations long.
    const cut = (variationMs / 2) * ((8 * variationMs) / (toNs(LASTING) / 1e6))
    const mean = shifts.reduce((a, b) => a + b, 0) / shifts.length
    const middle = variationMs > 0 ? mean : (distribution(shifts)?.p50 ?? Number.NaN)
    const spread = { asked: variationMs / Math.sqrt(3), measured: deviation(shifts), unit: 'ms' } as const
    return [
      {
        of: variationMs > 0 ? 'mean' : 'median',
        asked: delayMs,
        measured: middle,
        tolerance: MOVES_MS + cut,
        unit: 'ms',
      },
      ...(variationMs > 0 ? [{ of: 'deviation', ...spread, tolerance: MOVES_MS + cut }] : []),
    ]
  },
})

const lossOf = (packets: readonly Packet[]) => packets.filter(({ outNs }) => outNs === null).length

const lossy = (percent: number): Case => ({
  damage: { loss: `${percent}%` },
  read: ({ packets }) => [share('lost', percent / 100, lossOf(packets), packets.length)],
})

const CASES: readonly Case[] = [
  delayed(20),
  delayed(100),
  delayed(100, 20),
  lossy(1),
  lossy(10),
  lossy(30),
  {
    damage: { loss: '20%', bursts: 4 },
    read: ({ packets }) => {
      const bursts = burstsIn(packets.map(({ outNs }) => outNs !== null))
      const lost = share('lost', 0.2, lossOf(packets), packets.length)
      return [
        { ...lost, tolerance: ofShareInBursts(0.2, 4, packets.length) * 100 },
        { of: 'burst', asked: 4, measured: bursts.mean, tolerance: ofBursts(4, bursts.count), unit: 'packets' },
      ]
    },
  },
  {
    damage: { duplicate: '10%' },
    read: ({ packets, duplicates }) => [share('arrived twice', 0.1, duplicates, packets.length)],
  },
  {
    damage: { delay: '20ms', reorder: '25%' },
    read: ({ delaysMs, floorMs }) => [
      share('overtook', 0.25, delaysMs.filter((ms) => ms - floorMs < 10).length, delaysMs.length),
    ],
  },
  {
    damage: { corrupt: '5%' },
    atReceiver: true, // a userspace switch takes what is corrupt for invalid, and drops it before the receiver's kernel can count it
    read: ({ corrupt, among }) => [share('found corrupt', 0.05, corrupt, among)],
  },
]

const words = ({ damage }: Case): string =>
  Object.entries(damage)
    .map(([what, much]) => `${what} ${much}`)
    .join(', ')

/** Datagrams with a wrong checksum that the receiver's kernel has seen so far (RFC 4113, udpInErrors' part). */
async function corruptAt(lab: Lab): Promise<number> {
  const { out } = await lab.run(RECEIVER, 'grep ^Udp: /proc/net/snmp')
  const [names = [], values = []] = out.split('\n').map((line) => line.split(' '))
  return Number(values[names.indexOf('InCsumErrors')])
}

/** `whole`: from when it took hold until it let go. */
type Stretch = { readonly it: Case; readonly window: Window; readonly whole: Window; readonly corrupt: number }

/** Injects one impairment, lets it be for a while, and says what happened when. */
async function strike(lab: Lab, it: Case): Promise<Stretch> {
  const { damage, atReceiver } = it
  const fault = impair({
    ...damage,
    only: `udp/${PROBE_PORT}`,
    ...(atReceiver
      ? { between: `${RECEIVER}:eth0`, direction: 'reverse' }
      : { between: `${SENDER}:eth0`, direction: 'forward' }),
  })
  const before = await corruptAt(lab)
  const injected: Injected = await inject(lab, fault)
  const edge = (which: FaultPhase) =>
    ofKind(lab.history, 'fault').findLast(({ phase }) => phase === which)?.bracket?.toNs ?? Number.NaN
  const fromNs = edge('applied')
  await reached(lab, fromNs + toNs(LASTING) + LAST_NS)
  await injected.heal()
  const corrupt = (await corruptAt(lab)) - before
  return { it, window: { fromNs, toNs: fromNs + toNs(LASTING) }, whole: { fromNs, toNs: edge('healed') }, corrupt }
}

function seenIn(records: readonly FlowRecord[], { window, whole, corrupt }: Stretch, floorMs: number): Seen {
  const packets = records.flatMap((record) => packetsIn(record, window)).sort((a, b) => a.inNs - b.inNs)
  const copies = { fromNs: window.fromNs, toNs: window.toNs + LAST_NS }
  return {
    packets,
    corrupt,
    among: records.reduce((n, record) => n + packetsIn(record, whole).length, 0),
    floorMs,
    duplicates: records.reduce((n, record) => n + (duplicatesIn(record, copies)?.length ?? Number.NaN), 0),
    delaysMs: delaysIn(packets),
  }
}

const delaysIn = (packets: readonly Packet[]) => arrivalsOf(packets).map(({ inNs, outNs }) => (outNs - inNs) / 1e6)

/** One stream of 1000 probes a second, four flows that take turns, while one impairment after the other is in force. */
export async function probed(lab: Lab): Promise<readonly Row[]> {
  await using users = await send(lab, probe({ from: SENDER, to: RECEIVER, rate: '250pps', flows: 4 }))
  await until(lab, users.sustained, { within: '20s' })
  const quiet = { fromNs: lab.history.now(), toNs: lab.history.now() + 2e9 }
  await reached(lab, quiet.toNs)
  const stretches: Stretch[] = []
  for (const it of CASES) stretches.push(await strike(lab, it))
  await users.stop()
  const records = ofKind(lab.history, 'flow-record').filter(({ direction }) => direction === 'forward')
  const floor = distribution(delaysIn(records.flatMap((record) => packetsIn(record, quiet))))
  return stretches.map((stretch) => ({
    asked: words(stretch.it),
    figures: stretch.it.read(seenIn(records, stretch, floor?.p50 ?? Number.NaN)),
  }))
}
