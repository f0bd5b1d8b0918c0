// When faults were in force, and the stretches of a run that they cut it into.

import type { Bracket, Event } from '../lab/events.ts'

/** One fault from its strike to its heal. */
export type FaultWindow = {
  /** 'death of nat-gw-a-1' */
  readonly fault: string
  readonly targets: readonly string[]
  readonly applied: Bracket
  /** What showed that it bites. */
  readonly proof?: string
  readonly healed?: Bracket
}

/** A stretch of a run between two strikes or heals. */
export type Phase = {
  /** 'before', 'during death of nat-gw-a-1', 'after death of nat-gw-a-1' */
  readonly name: string
  readonly fromNs: number
  readonly toNs: number
  /** The strike or heal that it began with; none before the first. */
  readonly since?: Bracket
}

/** A probe that is on its way when a fault strikes was stamped earlier; paths in the lab take well below this. */
const FLIGHT_NS = 20e6

export const middle = ({ fromNs, toNs }: Bracket): number => (fromNs + toNs) / 2

export function faultWindows(events: readonly Event[]): FaultWindow[] {
  const windows: FaultWindow[] = []
  for (const event of events) {
    if (event.kind !== 'fault') continue
    const { fault, targets, phase, proof } = event
    const bracket = event.bracket ?? { fromNs: event.atNs, toNs: event.atNs }
    if (phase === 'applied') windows.push({ fault, targets, applied: bracket })
    const i = windows.findLastIndex((window) => window.fault === fault && !window.healed)
    const open = windows[i]
    if (!open) continue
    if (phase === 'effective' && proof) windows[i] = { ...open, proof }
    if (phase === 'healed' || phase === 'gone') windows[i] = { ...open, healed: bracket }
  }
  return windows
}

/** The whole run, cut at every strike and heal. */
export function phases(windows: readonly FaultWindow[]): Phase[] {
  const cuts = windows.flatMap((window) => [
    { at: window.applied, strike: true, fault: window.fault },
    ...(window.healed ? [{ at: window.healed, strike: false, fault: window.fault }] : []),
  ])
  cuts.sort((a, b) => a.at.fromNs - b.at.fromNs)
  const inForce: string[] = []
  const names = cuts.map(({ fault, strike }) => {
    if (strike) inForce.push(fault)
    else inForce.splice(inForce.indexOf(fault), 1)
    return inForce.length > 0 ? `during ${inForce.join(' and ')}` : `after ${fault}`
  })
  const start = (i: number) => (cuts[i] ? cuts[i].at.fromNs - (cuts[i].strike ? FLIGHT_NS : 0) : Infinity)
  return [
    { name: 'before', fromNs: -Infinity, toNs: start(0) },
    ...cuts.map(({ at }, i) => ({ name: names[i] ?? '', fromNs: start(i), toNs: start(i + 1), since: at })),
  ]
}
