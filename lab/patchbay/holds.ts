// Where packets are held back: hold.c, and the places of rules whose packets wait there.

import { newHistory } from '../history.ts'
import { waitFor } from '../until.ts'
import { type Held, type Hold, heldOf, holdWords, NO_HOLD, waiting } from './hold.ts'

/** A rule's place: a direction's cell, and one of the slots of that. */
type Place = { readonly key: number; readonly slot: number }

/** The device by which what was held goes on. */
const DEVICE = 'hold'

/** Bash text that starts hold.c in a new patchbay, with the wire's programs pinned there. It waits for packets, and outlives whoever holds any. */
export const startHold = (pin: string): string => `ip link add ${DEVICE} type bridge; ip link set ${DEVICE} up
tc qdisc add dev ${DEVICE} clsact; tc filter add dev ${DEVICE} egress bpf da object-pinned ${pin}/wire_back
( trap '' HUP; exec hold ${DEVICE} ) >/dev/null 2>&1 </dev/null &`

export type Holds = {
  /** Packets that the rules at these places meet wait, once the rules are in force. */
  readonly begin: (those: readonly Holding[]) => Promise<void>
  /** From the next packet on they wait for this, or for nothing; wirectl's bracket, where any did or does. */
  readonly change: (those: readonly Holding[]) => Promise<readonly bigint[] | undefined>
  /** What was held so far at a place that ever held any. */
  readonly heldAt: (place: Place) => Promise<Held | undefined>
  /** Waits until those have gone on that were held for rules that were lifted; resolves with how many have not. */
  readonly end: (places: readonly Place[]) => Promise<number>
  /** These places are free for other rules. */
  readonly forget: (places: readonly Place[]) => void
}

type Holding = { readonly place: Place | undefined; readonly hold: Hold | undefined }

const nameOf = ({ key, slot }: Place) => `${key} ${slot}`

export function newHolds(ask: (request: string) => Promise<bigint[]>, at: (ns: bigint) => number): Holds {
  const known = new Set<string>()
  const tell = async (those: readonly Holding[]) => {
    const words = those.flatMap(({ place, hold }) => {
      if (!place || (!hold && !known.has(nameOf(place)))) return []
      known.add(nameOf(place))
      return `${nameOf(place)} ${holdWords(hold ?? NO_HOLD)}`
    })
    return words.length > 0 ? ask(`hold ${words.join(' ')}`) : undefined
  }
  const heldAt = async (place: Place) =>
    known.has(nameOf(place)) ? heldOf(await ask(`held ${nameOf(place)}`), at) : undefined
  return {
    begin: async (those) => void (await tell(those)),
    change: tell,
    heldAt,
    end: async (places) => {
      let left = 0
      const gone = {
        name: 'what was held back to go on',
        look: async () => {
          const held = await Promise.all(places.map(heldAt))
          left = held.reduce((sum, each) => sum + (each ? waiting(each) : 0), 0)
          return { holds: left === 0, saw: `${left} packets are held` }
        },
      }
      await waitFor({ history: newHistory() }, gone, { within: '2s', every: '1ms' })
      return left
    },
    forget: (places) => {
      for (const place of places) known.delete(nameOf(place))
    },
  }
}
