// What can happen to packets on a link, as people write it, and as the wire is told.

import { ScenarioError } from '../lab/errors.ts'
import { mostInBursts, type Tally } from '../lab/patchbay/rule.ts'
import type { Shares } from '../lab/patchbay/rules.ts'
import { holdOf, sayHold, type Wait, waited } from './hold.ts'
import { met, type Proof, sum } from './imposed.ts'
import { type Percent, shareOf } from './share.ts'

/** At least one of these; the shares are drawn for each packet by itself. */
export type Damage = Wait & {
  /** Packets that are dropped. */
  readonly loss?: Percent
  /** Mean length of a burst of losses, packets (Gilbert's model): as much is lost in all, but in a row. */
  readonly bursts?: number
  /** Packets, of those that are not dropped, that leave twice. */
  readonly duplicate?: Percent
  /** Packets, of those that are not dropped, in which one bit is flipped where only a checksum can tell. */
  readonly corrupt?: Percent
  /**
   * The longest IP packet that passes, bytes. Longer ones vanish without an ICMP error, as at a switch whose MTU is
   * too small: only a router would tell the sender (RFC 1191), and this is none.
   */
  readonly mtu?: number
}

/** RFC 791 wants every link to carry 68 bytes; an IP packet is never longer than 65535. */
const [LEAST_MTU, MOST_MTU] = [68, 65_535]

/** 'loss of 10% in bursts of 8 and duplication of 5% of packets'. Throws ScenarioError where nothing is damaged. */
export function sayDamage({ loss, bursts, duplicate, corrupt, mtu, ...wait }: Damage, packets = ''): string {
  const shares = [
    ...sayHold(wait),
    ...(loss !== undefined ? [`loss of ${loss}${bursts === undefined ? '' : ` in bursts of ${bursts}`}`] : []),
    ...(duplicate !== undefined ? [`duplication of ${duplicate}`] : []),
    ...(corrupt !== undefined ? [`corruption of ${corrupt}`] : []),
  ]
  const parts = [
    ...(shares.length > 0 ? [`${shares.join(' and ')}${packets && ` of ${packets}`}`] : []),
    ...(mtu !== undefined ? [`loss of ${packets || 'packets'} above ${mtu} bytes`] : []),
  ]
  if (parts.length > 0) return parts.join(' and ')
  throw new ScenarioError(
    "impair was given neither loss, duplicate, corrupt, mtu, delay nor rate; write one of them, as in loss: '10%'",
  )
}

/** As the wire takes it. Throws ScenarioError for what cannot be. */
export function sharesOf({ loss, bursts, duplicate, corrupt, mtu, ...wait }: Damage): Shares {
  const hold = holdOf(wait)
  const lost = loss === undefined ? 0 : shareOf(loss)
  if (bursts !== undefined && !(loss !== undefined && bursts >= 1 && lost <= mostInBursts(bursts)))
    throw new ScenarioError(
      `no bursts of loss: ${bursts} packets long with ${loss ?? 'no loss'}; write a mean of at least 1, and at most ${bursts >= 1 ? `${(mostInBursts(bursts) * 100).toFixed(1)}%` : '50%'} of loss`,
    )
  if (mtu !== undefined && !(Number.isInteger(mtu) && mtu >= LEAST_MTU && mtu <= MOST_MTU))
    throw new ScenarioError(`no MTU: ${mtu}; write ${LEAST_MTU} to ${MOST_MTU} bytes, as in mtu: 1400`)
  return {
    loss: lost,
    duplicate: duplicate === undefined ? 0 : shareOf(duplicate),
    ...(bursts !== undefined && { bursts }),
    ...(corrupt !== undefined && { corrupt: shareOf(corrupt) }),
    ...(mtu !== undefined && { longest: mtu }),
    ...(hold && { hold }),
  }
}

const COUNTS = [
  ['lost', 'loss', 'lost'],
  ['oversized', 'mtu', 'too long'],
  ['duplicated', 'duplicate', 'duplicated'],
  ['corrupted', 'corrupt', 'corrupted'],
] as const

/** '12 lost and 3 duplicated of 240 packets'; of what was not asked for, only what there is. */
function counted(damage: Damage, tallies: readonly Tally[]): string {
  const parts = COUNTS.flatMap(([of, asked, word]) => {
    const count = sum(tallies, of)
    return damage[asked] !== undefined || count > 0 ? [`${count} ${word}`] : []
  })
  const { saw } = waited(damage, tallies)
  const damaged = parts.length > 0 ? [`${parts.join(' and ')} of ${met(tallies)} packets`] : []
  return [...damaged, ...(saw === undefined ? [] : [saw])].join('; ') || `${met(tallies)} packets`
}

/** Each of what was asked for has been counted. */
export const damaged = (damage: Damage): Proof => ({
  name: 'packets to be impaired at the wire',
  look: (tallies) => ({
    holds:
      COUNTS.every(([of, asked]) => damage[asked] === undefined || sum(tallies, of) > 0) &&
      waited(damage, tallies).holds,
    saw: counted(damage, tallies),
  }),
  unasked: (tallies) => {
    const missed = tallies.reduce((total, { held }) => total + (held?.missed ?? 0), 0)
    return missed > 0
      ? `the wire dropped ${missed} packets that were to wait, because nobody took them in time: ${counted(damage, tallies)}`
      : undefined
  },
})
