// What a bulk transfer moved in a stretch of time.

import type { TransferSample } from './events.ts'

export type Transfer = {
  /** What the receiver got, bit/s of payload. */
  readonly goodputBps: number
  /** What the sender handed to its stack, bit/s. */
  readonly offeredBps: number
  /** Of the receiver's samples the one with the least, bit/s. */
  readonly lowestBps: number
  readonly tookNs: number
  readonly retransmits?: number
  readonly datagrams?: number
  readonly lost?: number
  /** RFC 1889 §6.3.1, smoothed; the highest that was told, ns. */
  readonly interarrivalJitterNs?: number
}

const sum = (values: readonly (number | undefined)[]): number => values.reduce<number>((all, n = 0) => all + n, 0)

const bps = (samples: readonly TransferSample[]): number => {
  const ns = sum(samples.map(({ fromNs, toNs }) => toNs - fromNs))
  return ns === 0 ? 0 : (8e9 * sum(samples.map(({ bytes }) => bytes))) / ns
}

/** None without a word from the receiver. */
export function transferOf(samples: readonly TransferSample[]): Transfer | undefined {
  const got = samples.filter(({ side }) => side === 'receiver')
  const sent = samples.filter(({ side }) => side === 'sender')
  if (got.length === 0) return undefined
  const told = <K extends 'retransmits' | 'datagrams' | 'lost' | 'interarrivalJitterNs'>(
    of: readonly TransferSample[],
    key: K,
  ) => of.map((sample) => sample[key]).filter((value) => value !== undefined)
  const retransmits = told(sent, 'retransmits')
  const [datagrams, lost, jitter] = [told(got, 'datagrams'), told(got, 'lost'), told(got, 'interarrivalJitterNs')]
  return {
    goodputBps: bps(got),
    offeredBps: bps(sent),
    lowestBps: Math.min(...got.map((sample) => bps([sample]))),
    tookNs: sum(got.map(({ fromNs, toNs }) => toNs - fromNs)),
    ...(retransmits.length > 0 && { retransmits: sum(retransmits) }),
    ...(datagrams.length > 0 && { datagrams: sum(datagrams) }),
    ...(lost.length > 0 && { lost: sum(lost) }),
    ...(jitter.length > 0 && { interarrivalJitterNs: Math.max(...jitter) }),
  }
}

/** '98.7 Mbit/s' */
export function rate(bitsPerSecond: number): string {
  if (bitsPerSecond >= 1e9) return `${(bitsPerSecond / 1e9).toFixed(2)} Gbit/s`
  if (bitsPerSecond >= 1e6) return `${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s`
  return `${(bitsPerSecond / 1e3).toFixed(0)} kbit/s`
}
