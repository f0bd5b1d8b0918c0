// Whether the machine itself holds packets up, as the flows' control runs tell: on one that does, a session
// of BFD may expire with nothing wrong in the network.

import type { Direction } from '../events.ts'
import { type History, ofKind } from '../history.ts'
import { floorOf } from './floor.ts'

/**
 * An interval of BFD. Its packets take the ways that probes take, some hundred of them a second in all sessions: where
 * one in a hundred comes an interval late, every second sees one, and of three in a row that a session may miss
 * one is gone. Half as much is what a single wait of a busy CPU makes of a control run of some seconds.
 */
export const HELD_UP_NS = 100e6

export type HeldUp = {
  readonly flow: string
  readonly direction: Direction
  /** One-way delay, 99th percentile of the control run, ns. */
  readonly p99Ns: number
}

/** The flow whose control run had the longest delays, p99, where that is above the limit. A control run has at least 20 probes. */
export function heldUp(history: Pick<History, 'events'>): HeldUp | undefined {
  const last = new Map(ofKind(history, 'flow-record').map((record) => [`${record.flow} ${record.direction}`, record]))
  const found = [...last.values()].flatMap((record): HeldUp[] => {
    const floor = floorOf(history, record)
    if (typeof floor === 'string' || !floor.delay || floor.delay.p99 < HELD_UP_NS) return []
    return [{ flow: record.flow, direction: record.direction, p99Ns: floor.delay.p99 }]
  })
  return found.toSorted((a, b) => b.p99Ns - a.p99Ns)[0]
}
