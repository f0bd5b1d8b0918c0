// What the wire counted of a fault, and what the taps saw of it: the same packets, by two that know nothing of each other.

import type { Direction } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import { type Condition, type Lab, LabError } from '../../lab/index.ts'
import { strikeOf } from '../../lab/loss/strike.ts'
import { type Named, recordsOf } from '../../lab/loss/window.ts'

/** So many more packets came by at the patchbay's end of a node's first link. */
export async function met(lab: Lab, node: string, packets: number): Promise<Condition<Lab>> {
  const heading = { end: { node, device: 'eth0' }, heading: 'from' } as const
  const seen = async () => {
    const { passed, dropped } = await lab.wires.count(heading)
    return passed + dropped
  }
  const before = await seen()
  return {
    name: `${packets} packets from ${node}`,
    look: async () => {
      const since = (await seen()) - before
      return { holds: since >= packets, saw: `${since}` }
    },
  }
}

/** What the wire said of a fault when it was over: '512 lost of 5021 packets'. */
export function told(lab: Lab, { name }: Named) {
  const proof = ofKind(lab.history, 'fault').findLast(({ fault, phase }) => fault === name && phase === 'gone')?.proof
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(proof ?? '')?.[1] ?? 0)
  return {
    lost: count('lost'),
    duplicated: count('duplicated'),
    corrupted: count('corrupted'),
    tooLong: count('too long'),
    met: Number(/of (\d+)/.exec(proof ?? '')?.[1]),
  }
}

/** What the taps saw of a flow from the instant that a fault took hold to the one that it let go. */
export function tapped(lab: Lab, flow: Named, direction: Direction, fault: Named) {
  const strike = strikeOf(lab.history, fault)
  const [record] = recordsOf(lab.history, flow, direction)
  if (typeof strike === 'string' || !record) throw new LabError(`${flow.name}: ${strike}`)
  const during = (ns: number) => ns >= strike.applied.fromNs && ns <= (strike.healed?.letGo.toNs ?? 0)
  const lost = record.outNs.map((ns, i) => ns === null && during(record.inNs[i] ?? Number.NaN))
  return {
    lost: lost.filter(Boolean).length,
    /** Runs of probes that were lost one after the other. */
    bursts: lost.filter((now, i) => now && !lost[i - 1]).length,
    duplicated: (record.duplicateNs ?? []).filter(during).length,
  }
}
