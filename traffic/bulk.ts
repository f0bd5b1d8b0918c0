// Bulk data over TCP or UDP at a set rate, by iperf3.

import type { BitRate } from '../lab/bit-rate.ts'
import type { BulkOptions as Program } from '../lab/programs/bulk.ts'
import { toNs } from '../lab/time.ts'
import { addressOf, checkEnds, labelsOf } from './ends.ts'
import { type Running, startGenerator } from './generator.ts'
import { parseBitRate, wholeBetween } from './rates.ts'
import { transferAnswered, transferSustained } from './steadiness.ts'
import type { Traffic } from './traffic.ts'

export type BulkOptions = {
  readonly from: string
  readonly to: string
  /** 'tcp' by default. */
  readonly protocol?: 'tcp' | 'udp'
  /** Of all streams together, '100Mbps' by default. */
  readonly rate?: BitRate
  /** 1 by default. */
  readonly streams?: number
  /** Data goes from `to` to `from`; who connects stays the same. */
  readonly reverse?: boolean
  /** How long the rate must hold before the flow counts as recovered for good, '3s' by default. */
  readonly sustainedFor?: `${number}s`
}

/** Beyond what two cores can carry through a userspace switch by far. */
const MOST_BPS = 10e9
const MOST_STREAMS = 128
/** The overlay's MTU of 1400 less IPv4's and UDP's headers: a datagram is one packet. */
const DATAGRAM = 1372
/** Of one write: 20 ms of a stream, so that its rate shows in every tenth of a second; 128 KiB is iperf3's own. */
const WRITE_S = 0.02
const MOST_WRITE = 131_072
/**
 * iperf3 keeps the average since its start: after an outage it would make up for all of it at once. The
 * kernel's pacing holds it to this multiple of its rate.
 */
const CATCH_UP = 1.25
/** iperf3 ends a test that moved nothing for so long; bulk.ts of the programs then starts another. */
const IDLE_MS = 10_000

function rateArgs(protocol: 'tcp' | 'udp', bps: number): string[] {
  const each = Math.round(bps)
  if (protocol === 'udp') return ['-u', '-b', String(each), '-l', String(DATAGRAM)]
  const write = Math.min(MOST_WRITE, Math.max(DATAGRAM, Math.round((bps / 8) * WRITE_S)))
  return ['-b', String(each), '-l', String(write), '--fq-rate', String(Math.round(bps * CATCH_UP))]
}

/**
 * Bulk data between two nodes. Its goodput is what the receiver got, payload only. Of TCP the sender's
 * retransmits are told, of UDP the receiver's loss and its interarrival jitter (RFC 1889 §6.3.1).
 */
export function bulk(options: BulkOptions): Traffic {
  const { from, to, protocol = 'tcp', rate = '100Mbps', reverse = false, sustainedFor = '3s' } = options
  const bps = parseBitRate(rate, MOST_BPS)
  const streams = wholeBetween('streams', options.streams ?? 1, 1, MOST_STREAMS)
  const sustainedNs = toNs(sustainedFor)
  const name = `${protocol} ${from} ${reverse ? '←' : '→'} ${to}`
  return {
    name,
    check: ({ topology }) => checkEnds(topology, protocol, [from, to]),
    start: (lab, of) => {
      const run = (side: Running['side'], node: string, args: readonly string[]): Running => {
        const is = (side === 'client') === reverse ? 'receiver' : 'sender'
        const program: Program = { side, is, args }
        return { node, program: 'bulk', side, options: program }
      }
      const address = addressOf(lab.topology, to)
      const client = (port: number) => [
        ...['-c', address, '-p', String(port), '-t', '0', '-P', String(streams)],
        ...rateArgs(protocol, bps / streams),
        ...['--connect-timeout', '2000'],
        ...(protocol === 'tcp' ? ['--snd-timeout', String(IDLE_MS)] : []),
        ...(reverse ? ['-R', '--rcv-timeout', String(IDLE_MS)] : []),
      ]
      return startGenerator(lab, {
        about: {
          flow: name,
          ...(of !== undefined && { of }),
          generator: protocol,
          from,
          to,
          ...labelsOf(lab.topology, from, to),
          asked: bps,
          unit: 'bits',
        },
        programs: (port) => [
          {
            // Bound, or a node of several links would answer UDP from the address of one, which no NAT entry matches.
            ...run('server', to, ['-s', '-B', address, '-p', String(port), '--rcv-timeout', String(IDLE_MS)]),
            listens: port,
          },
          run('client', from, client(port)),
        ],
        answered: ({ moved }) => transferAnswered(moved),
        sustained: ({ moved }, forNs) => transferSustained(moved, bps, forNs),
        sustainedNs,
      })
    },
  }
}
