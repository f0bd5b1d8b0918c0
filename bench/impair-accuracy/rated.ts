// Impairments that probes are too small or too few for: rates, an MTU, and a delay that much has to wait for.

import type { Damage } from '../../chaos/damage.ts'
import { impair, inject } from '../../chaos/index.ts'
import type { BitRate } from '../../lab/bit-rate.ts'
import { LabError } from '../../lab/errors.ts'
import { ofKind } from '../../lab/history.ts'
import { nodeNamed } from '../../lab/topology/nodes.ts'
import type { Lab } from '../../lab/types.ts'
import { reached, until } from '../../lab/until.ts'
import { bulk, send } from '../../traffic/index.ts'
import { RECEIVER, type Row, SENDER } from './probed.ts'

const ON = { between: `${SENDER}:eth0`, direction: 'forward' } as const
/** Ethernet, IPv4 and UDP around the 1372 bytes that bulk sends in one datagram. */
const FRAME = 1414
const LASTING_NS = 2e9
/** The queue has filled, and what passed before is counted no more. */
const SETTLED_NS = 300e6

/**
 * Bytes of whole frames that entered the sender's link and left it so far, and when. Where it leaves, and not at the
 * receiver: a userspace switch that gets no processor drops packets of its own.
 */
async function movedBy(lab: Lab) {
  const [near, far] = lab.wires.named(ON.between).ends
  const read = async (end: typeof near, which: 'tx' | 'rx') => {
    if (!end) throw new LabError(`${ON.between} has one end only`)
    const { out, bracket } = await lab.run(end.node, `cat /sys/class/net/${end.device}/statistics/${which}_bytes`)
    return { bytes: Number(out), atNs: (bracket.fromNs + bracket.toNs) / 2 }
  }
  const [from, to] = near?.node === SENDER ? [near, far] : [far, near]
  return { sent: await read(from, 'tx'), got: await read(to, 'rx') }
}

/** In frames, whole ones. */
type Rated = { readonly sentMbps: number; readonly gotMbps: number; readonly frames: number; readonly told: string }

/** UDP at a steady rate under one impairment: what is sent and arrives, and what the fault says of itself. */
async function underLoad(lab: Lab, damage: Damage, offered: BitRate): Promise<Rated> {
  await using flood = await send(lab, bulk({ from: SENDER, to: RECEIVER, protocol: 'udp', rate: offered }))
  await until(lab, flood.answered, { within: '20s' })
  await using fault = await inject(lab, impair({ ...ON, only: 'udp', ...damage }))
  await reached(lab, lab.history.now() + SETTLED_NS)
  const from = await movedBy(lab)
  await reached(lab, from.got.atNs + LASTING_NS)
  const to = await movedBy(lab)
  await fault.heal()
  const gone = ofKind(lab.history, 'fault').findLast(({ phase }) => phase === 'gone')
  const mbps = (which: 'sent' | 'got') =>
    ((to[which].bytes - from[which].bytes) * 8e3) / (to[which].atNs - from[which].atNs)
  const frames = (to.got.bytes - from.got.bytes) / FRAME
  return { sentMbps: mbps('sent'), gotMbps: mbps('got'), frames, told: gone?.proof ?? '' }
}

/**
 * A fifth more than may pass. What is measured begins and ends amid a frame, by stamps some ms apart from it. Where
 * the sender gets no processor for that much, nothing is measured.
 */
async function limited(lab: Lab, mbps: number): Promise<Row> {
  const { sentMbps, gotMbps, frames } = await underLoad(lab, { rate: `${mbps}Mbps` }, `${mbps * 1.2}Mbps`)
  const measured = sentMbps > mbps * 1.05 ? gotMbps : Number.NaN
  return {
    asked: `rate ${mbps}Mbps, offered ${sentMbps.toFixed(1)}`,
    figures: [{ of: 'passed', asked: mbps, measured, tolerance: mbps * (2 / frames + 0.01), unit: 'Mbit/s' }],
  }
}

/**
 * What everything has to wait for must hold nobody up: 200 Mbit/s are 18,000 packets a second. What was sent and what
 * arrives in 2 s differ by what is underway, more or less of it: 20 ms of 2 s, and as much for the stamps.
 */
async function carried(lab: Lab, rate: BitRate): Promise<Row> {
  const { sentMbps, gotMbps, told } = await underLoad(lab, { delay: '20ms' }, rate)
  const missed = Number(/(\d+) dropped because/.exec(told)?.[1] ?? 0)
  console.log(`delay of 20ms under ${rate}: ${told}`)
  return {
    asked: `delay 20ms under ${rate}`,
    figures: [
      { of: 'passed', asked: sentMbps, measured: gotMbps, tolerance: sentMbps * 0.02, unit: 'Mbit/s' },
      { of: 'not held', asked: 0, measured: missed, tolerance: 0, unit: 'packets' },
    ],
  }
}

/** The longest IP packet that still gets through, of those one byte apart around the limit: exact. */
async function longest(lab: Lab, mtu: number): Promise<Row> {
  const [address = ''] = nodeNamed(lab.topology, RECEIVER).addresses
  await lab.run(
    SENDER,
    `for i in 1 2 3 4 5; do (ping -q -M do -s ${mtu} -i 0.1 -c 8 ${address} >/dev/null 2>&1 </dev/null &); done`,
  )
  await using fault = await inject(lab, impair({ ...ON, mtu }))
  const sizes = [mtu - 1, mtu, mtu + 1]
  const passed = await Promise.all(
    sizes.map(async (size) => {
      const { exit } = await lab.try(SENDER, `ping -q -c 2 -i 0.1 -W 0.3 -M do -s ${size - 28} ${address}`)
      return exit === 0 ? size : 0
    }),
  )
  await fault.heal()
  const measured = Math.max(...passed)
  return { asked: `mtu ${mtu}`, figures: [{ of: 'longest', asked: mtu, measured, tolerance: 0, unit: 'bytes' }] }
}

export async function rated(lab: Lab): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const mbps of [1, 10, 100]) rows.push(await limited(lab, mbps))
  rows.push(await carried(lab, '200Mbps'))
  rows.push(await longest(lab, 1280))
  return rows
}
