// When a fault took hold on the wire: between the last probe that passed and the first that did not.

import type { Bracket, FlowRecord } from '../../lab/events.ts'
import { firstFrom } from '../../lab/loss/window.ts'

export type Truth = {
  /** How far the recorded instant can be off, at most: from either end of the bracket to the far end of the truth. */
  readonly mostNs: number
  /** How far it is off at least: what lies between the bracket and the truth; 0 where they meet. */
  readonly leastNs: number
}

/** A loss is looked for this far around the bracket: strikes are further apart. */
const AROUND_NS = 20e6

/**
 * What the taps say of the instant in this bracket; nothing where no probe was lost around it. The kernel stamps a
 * packet before it queues it for the processor (net.core.netdev_tstamp_prequeue), and the wire meets it after: where
 * the processor is busy, probes can be lost that were stamped before the fault.
 */
export function truthOf(
  { inNs, outNs }: Pick<FlowRecord, 'inNs' | 'outNs'>,
  { fromNs, toNs }: Bracket,
): Truth | undefined {
  for (let i = firstFrom(inNs, fromNs - AROUND_NS); (inNs[i] ?? Number.POSITIVE_INFINITY) < toNs + AROUND_NS; i++) {
    const [last, first] = [inNs[i - 1], inNs[i]]
    if (outNs[i] !== null || outNs[i - 1] === null || last === undefined || first === undefined) continue
    return {
      mostNs: Math.max(toNs - last, first - fromNs),
      leastNs: Math.max(0, fromNs - first, last - toNs),
    }
  }
  return undefined
}
