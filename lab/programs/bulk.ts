// Moves bulk data with iperf3, one side each, and tells what every second brought.
//
// An iperf3 that gave up is started anew, at most once a second, so that the flow is there again once
// the network is. Seconds of which it said nothing brought nothing.

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { TransferSample } from '../traffic/events.ts'
import { endsWith, program } from './program.ts'

export type BulkOptions = {
  readonly side: 'client' | 'server'
  /** What it is of the data, whoever connects. */
  readonly is: TransferSample['side']
  /** Arguments of iperf3(1) but for those that say how it tells. */
  readonly args: readonly string[]
}

type Stream = { readonly rtt?: number }
/** What iperf3 says of an interval, as far as it matters here; times in s, ms and us, as named. */
type Interval = {
  readonly streams: readonly Stream[]
  readonly sum: {
    readonly seconds: number
    readonly bytes: number
    readonly sender: boolean
    readonly retransmits?: number
    readonly packets?: number
    readonly lost_packets?: number
    readonly jitter_ms?: number
  }
}

const { options, now, tell } = program<BulkOptions>()
const SECOND_NS = 1e9

let iperf3: ChildProcess | undefined
let startedNs = 0
let toldNs = now()

function hear(line: string): void {
  if (!line.startsWith('{"event":"interval"')) return
  const { streams, sum } = (JSON.parse(line) as { data: Interval }).data
  const { seconds, bytes, sender, retransmits, packets, lost_packets: lost, jitter_ms: jitterMs } = sum
  const toNs = now()
  const rtts = streams.map(({ rtt = 0 }) => rtt)
  tell({
    kind: 'transfer-sample',
    side: options.is,
    fromNs: Math.max(toldNs, toNs - seconds * 1e9),
    toNs,
    bytes,
    ...(retransmits !== undefined && { retransmits }),
    ...(sender && Math.max(...rtts) > 0 && { smoothedRttNs: Math.max(...rtts) * 1e3 }),
    ...(packets !== undefined && { datagrams: packets }),
    ...(!sender && lost !== undefined && { lost }),
    ...(!sender && jitterMs !== undefined && { interarrivalJitterNs: Math.round(jitterMs * 1e6) }),
  })
  toldNs = toNs
}

function start(): void {
  startedNs = now()
  const args = [...options.args, '--json-stream', '--forceflush']
  const child = spawn('iperf3', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  iperf3 = child
  createInterface({ input: child.stdout }).on('line', hear)
  createInterface({ input: child.stderr }).on('line', (line) => {
    // It would not get better by starting it again.
    if (line.includes('parameter error')) end(line)
  })
  child.on('error', (error) => {
    throw error
  })
  child.on('exit', () => {
    iperf3 = undefined
  })
}

const end = endsWith({ tell }, options.side, () => iperf3?.kill('SIGKILL'))
start()
setInterval(() => {
  const atNs = now()
  if (!iperf3 && atNs - startedNs > SECOND_NS) start()
  // An interval may be late by as much again on a busy machine before it counts as missing.
  if (atNs - toldNs < 2 * SECOND_NS) return
  tell({ kind: 'transfer-sample', side: options.is, fromNs: toldNs, toNs: atNs - SECOND_NS, bytes: 0 })
  toldNs = atNs - SECOND_NS
}, 100)
