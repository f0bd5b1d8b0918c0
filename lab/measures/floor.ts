// The noise floor: what the instrument itself sees on this machine while no fault is in force. What a fault
// does can be told from that only where it is more.

import type { Direction, FlowRecord } from '../events.ts'
import type { History } from '../history.ts'
import { connectivity } from '../loss/connectivity.ts'
import { between, edgeOfStrike, type Stretch } from '../loss/stretch.ts'
import { type FaultWindow, faultWindows, strike } from '../loss/strike.ts'
import { firstFrom } from '../loss/window.ts'
import { oneWayDelay } from './delay.ts'
import type { Distribution } from './distribution.ts'
import { countsIn, packetsIn } from './packets.ts'

/** One direction of a flow during its control run. */
export type Floor = {
  readonly flow: string
  readonly of?: string
  readonly direction: Direction
  /** From its first probe to the first fault, or its last probe, ns. */
  readonly lengthNs: number
  readonly probes: number
  /** Between two probes that follow each other on the wire, ns. */
  readonly longestGapNs: number
  readonly lost: number
  /** The longest that it may have been cut off, ns; 0 when nothing was lost. */
  readonly outageNs: number
  readonly duplicated: number
  readonly reordered: number
  /** ns */
  readonly delay?: Distribution
}

/** A control run must at least be as long as the second for which `sustained` watches a flow by default. */
export const SHORTEST_CONTROL_NS = 1e9
/** That many probes, or the floor is a guess. */
export const FEWEST_PROBES = 20
/** What RFC 6412 (§3.7.5) asks of a validation; a control run below that says so. */
export const SHORT_CONTROL_NS = 5e9

/** Whether a fault was in force at some time of the run. */
export const hadFault = ({ events }: Pick<History, 'events'>): boolean => faultWindows(events).length > 0

/**
 * The control run of a flow: from its first probe to the first strike after it. Or why it has none: a fault
 * was in force when it began.
 */
export function controlOf({ events }: Pick<History, 'events'>, record: FlowRecord): Stretch | string {
  const beganNs = record.inNs[0]
  if (beganNs === undefined) return 'no control run: no probe was sent'
  const windows = faultWindows(events)
  const inForce = windows.find(({ applied, healed }) => applied.fromNs <= beganNs && !(healed && healed.toNs < beganNs))
  if (inForce) return `no control run: the flow began during ${inForce.fault}`
  const byTime = (a: FaultWindow, b: FaultWindow) => a.applied.fromNs - b.applied.fromNs
  const next = windows.toSorted(byTime).find(({ applied }) => applied.fromNs > beganNs)
  return between(record, undefined, next && edgeOfStrike(next.fault, strike(next)))
}

export function floorOf(history: Pick<History, 'events'>, record: FlowRecord): Floor | string {
  const control = controlOf(history, record)
  if (typeof control === 'string') return control
  const { inNs } = record
  const end = firstFrom(inNs, control.toNs)
  let longestGapNs = 0
  for (let i = 1; i < end; i++) longestGapNs = Math.max(longestGapNs, (inNs[i] ?? 0) - (inNs[i - 1] ?? 0))
  const lastNs = Number.isFinite(control.toNs) ? control.toNs : (inNs.at(-1) ?? 0) + record.gapNs
  const { sent, lost, duplicated = 0, reordered } = countsIn(record, control)
  const delay = oneWayDelay(packetsIn(record, control))
  return {
    flow: record.flow,
    ...(record.of !== undefined && { of: record.of }),
    direction: record.direction,
    lengthNs: lastNs - (inNs[0] ?? 0),
    probes: sent,
    longestGapNs,
    lost,
    outageNs: lost === 0 ? 0 : connectivity(record, control).highNs,
    duplicated,
    reordered,
    ...(delay && { delay }),
  }
}

/** Why a control run cannot carry a claim, if it cannot. */
export function tooShort({ lengthNs, probes }: Floor): string | undefined {
  if (lengthNs >= SHORTEST_CONTROL_NS && probes >= FEWEST_PROBES) return undefined
  return `control run of ${(lengthNs / 1e9).toFixed(2)}s and ${probes} probes is too short to know the noise floor; ${SHORTEST_CONTROL_NS / 1e9}s and ${FEWEST_PROBES} are needed`
}

/** The shortest outage that this floor lets one tell from nothing, ns. */
export const leastOutageNs = ({ longestGapNs, outageNs }: Floor): number => Math.max(longestGapNs, outageNs)

/** What impaired packets there, without a fault: '3 lost, 0 duplicated, 1 reordered'; nothing where none were. */
export function impairedBefore({ lost, duplicated, reordered }: Floor): string | undefined {
  if (lost + duplicated + reordered === 0) return undefined
  return `${lost} lost, ${duplicated} duplicated, ${reordered} reordered`
}
