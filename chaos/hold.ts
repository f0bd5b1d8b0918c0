// Waiting on a link, as people write it, and as the wire is told.

import { type BitRate, toBps } from '../lab/bit-rate.ts'
import { ScenarioError } from '../lab/errors.ts'
import { type Held, type Hold, heldTogether, NO_HOLD, sayHeld } from '../lab/patchbay/hold.ts'
import type { Tally } from '../lab/patchbay/rule.ts'
import { type Duration, toNs } from '../lab/time.ts'
import { type Percent, shareOf } from './share.ts'

/** How packets wait on a link: for their turn at a rate, and for a delay after that. */
export type Wait = {
  /** What every packet waits, one way. */
  readonly delay?: Duration
  /**
   * Give or take so much of the delay: every value as likely, the mean as asked, and in order, as a queue does it that
   * fills and drains. It takes from twice to four times the range from one end of it to the other.
   */
  readonly variation?: Duration
  /** Packets that do not wait for the delay, and so overtake those that do. */
  readonly reorder?: Percent
  /** Of whole Ethernet frames, one after the other; no burst passes faster. */
  readonly rate?: BitRate
  /** The longest that a packet waits for its turn at that rate; what would wait longer is dropped. '100ms' by default. */
  readonly queue?: Duration
}

/** Longer than any timer of the lab; a packet that waits longer is as good as lost. */
const MOST_NS = 10e9
/** At less, one frame takes more than a second. */
const [LEAST_BPS, MOST_BPS] = [12e3, 10e9]
const QUEUE = '100ms'

function spanOf(what: string, text: Duration, most = MOST_NS): number {
  const ns = toNs(text)
  if (ns > 0 && ns <= most) return ns
  throw new ScenarioError(`no ${what}: '${text}'; write more than 0 and at most ${most / 1e6}ms`)
}

function bpsOf(rate: BitRate): number {
  const bps = toBps(rate)
  if (bps >= LEAST_BPS && bps <= MOST_BPS) return bps
  throw new ScenarioError(`no rate of a link: '${rate}'; write 12kbps to 10Gbps`)
}

/** As the wire takes it; nothing where nothing waits. Throws ScenarioError for what cannot be. */
export function holdOf({ delay, variation, reorder, rate, queue }: Wait): Hold | undefined {
  if (delay === undefined && (variation !== undefined || reorder !== undefined))
    throw new ScenarioError(`${variation === undefined ? 'reorder' : 'variation'} wants a delay, as in delay: '100ms'`)
  if (rate === undefined && queue !== undefined) throw new ScenarioError("queue wants a rate, as in rate: '1Mbps'")
  if (delay === undefined && rate === undefined) return undefined
  const delayNs = delay === undefined ? 0 : spanOf('delay', delay)
  return {
    ...NO_HOLD,
    delayNs,
    ...(variation !== undefined && { variationNs: spanOf('variation of the delay', variation, delayNs) }),
    ...(reorder !== undefined && { overtake: shareOf(reorder) }),
    ...(rate !== undefined && { rateBps: bpsOf(rate), queueNs: spanOf('queue', queue ?? QUEUE) }),
  }
}

/** 'delay of 100ms ± 20ms', 'rate of 1Mbps with a queue of 100ms' */
export const sayHold = ({ delay, variation, reorder, rate, queue = QUEUE }: Wait): readonly string[] => [
  ...(delay !== undefined ? [`delay of ${delay}${variation === undefined ? '' : ` ± ${variation}`}`] : []),
  ...(reorder !== undefined ? [`reordering of ${reorder}`] : []),
  ...(rate !== undefined ? [`rate of ${rate} with a queue of ${queue}`] : []),
]

const heldIn = (tallies: readonly Tally[]): Held | undefined =>
  heldTogether(tallies.flatMap(({ held }) => (held ? [held] : [])))

/** Packets waited, and went on; of those that were to overtake, some did. What has not waited is nothing to say of. */
export function waited({ delay, rate, reorder }: Wait, tallies: readonly Tally[]): { holds: boolean; saw?: string } {
  const held = heldIn(tallies)
  if (!held) return { holds: delay === undefined && rate === undefined }
  const { released, overtook, missed } = held
  const holds = released > 0 && missed === 0 && (reorder === undefined || overtook > 0)
  return { holds, saw: sayHeld(held) }
}
