// Delay and its variation, from the stamps of one clock at both ends: nothing has to be synchronised.

import { type Distribution, distribution } from './distribution.ts'
import type { Packet } from './packets.ts'

/** One-way delay (RFC 7679), ns, of the packets that arrived in time; of the others it is undefined. */
export const oneWayDelay = (packets: readonly Packet[]): Distribution | undefined =>
  distribution(packets.flatMap(({ inNs, outNs }) => (outNs === null ? [] : [outNs - inNs])))

/**
 * Delay variation (RFC 3393), ns: the difference of one-way delay between a packet and the one of the same
 * flow sent before it, where both arrived. Selection function: consecutive packets. Positive: it took longer.
 */
export function ipdv(flows: readonly (readonly Packet[])[]): Variation | undefined {
  const differences = flows.flatMap((packets) =>
    packets.flatMap(({ inNs, outNs }, i) => {
      const before = packets[i - 1]
      if (!before || outNs === null || before.outNs === null) return []
      return [outNs - inNs - (before.outNs - before.inNs)]
    }),
  )
  const signed = distribution(differences)
  const sizes = distribution(differences.map(Math.abs))
  return signed && sizes && { min: signed.min, max: signed.max, absP99: sizes.p99 }
}

/** ns; of its sizes, whatever their sign, 99 % are at most `absP99`. */
export type Variation = { readonly min: number; readonly max: number; readonly absP99: number }
