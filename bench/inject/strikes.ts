// Faults on links, struck and healed again and again on one lab, each with the time from its call to the kernel.

import { block, FABRIC, type Fault, impair, isolate, linkDown, partition, silence } from '../../chaos/index.ts'
import type { Bracket } from '../../lab/events.ts'
import type { Lab } from '../../lab/types.ts'
import { reached } from '../../lab/until.ts'

/** Where probes pass, and nothing else. */
export const [PROBED, FAR] = ['vpc-a-db-1', 'vpc-a-web-1']
const access = [PROBED, 'chassis-1'] as const
/** Who hosts nothing, so that striking it a hundred times strikes nobody else. */
const WITNESS = 'chassis-3'

export type Kind = {
  readonly fault: Fault
  /** Whether it takes every probe from then on, so that the taps tell when it took hold. */
  readonly seen: boolean
}

export const kinds: readonly Kind[] = [
  { fault: silence({ between: access, direction: 'forward' }), seen: true },
  { fault: isolate(PROBED), seen: true },
  { fault: block({ between: access, what: { protocol: 'udp', port: 7000 } }), seen: true },
  { fault: impair({ between: access, loss: '100%', only: 'udp/7000' }), seen: true },
  {
    fault: impair({ between: access, loss: '10%', bursts: 3, duplicate: '10%', corrupt: '10%', mtu: 1000 }),
    seen: false,
  },
  { fault: block({ between: [WITNESS, FABRIC], what: 'bfd' }), seen: false },
  { fault: partition([[WITNESS], ['chassis-1', 'chassis-2']]), seen: false },
  { fault: isolate(WITNESS), seen: false },
]

/**
 * Struck when the probes are over: a node whose carrier came back asks for its neighbours anew, and where the next
 * strike takes the answer, again after a second; what is not sent tells nothing of other faults.
 */
export const last: Kind = { fault: linkDown(PROBED, 'chassis-1'), seen: false }

export type Strike = {
  readonly name: string
  /** From the call to the end of the bracket: then it is in force everywhere. */
  readonly tookNs: number
  readonly bracket: Bracket
}

/** In force so long, and healed so long before the next: some dozens of probes each, and less than BFD needs to notice. */
const APART_NS = 25e6

/** Each in turn, so many times. What is struck is healed at once; what it means to the network is not asked. */
export async function strikeAll(lab: Lab, those: readonly Kind[], times: number): Promise<readonly Strike[]> {
  const strikes: Strike[] = []
  for (let i = 0; i < times; i++)
    for (const { fault } of those) {
      const calledNs = lab.history.now()
      const { bracket, heal } = await fault.apply(lab)
      strikes.push({ name: fault.name, tookNs: bracket.toNs - calledNs, bracket })
      await reached(lab, bracket.toNs + APART_NS)
      const healed = await heal()
      await reached(lab, healed.toNs + APART_NS)
    }
  return strikes
}
