import { type Distribution, distribution } from './distribution.ts'
import type { Packet } from './packets.ts'

/**
 * Loss distance (RFC 3357 §4): from each lost packet to the one lost before it, in packets of the stream; 1 is
 * the next one. Counted by what entered the wire: a number that the sender skipped was never in the stream.
 * None where fewer than two were lost.
 */
export function lossDistance(packets: readonly Packet[]): Distribution | undefined {
  const lost = packets.flatMap(({ outNs }, i) => (outNs === null ? [i] : []))
  return distribution(lost.slice(1).map((index, i) => index - (lost[i] ?? 0)))
}
