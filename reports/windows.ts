// When faults were in force, and the stretches of a run that they cut it into.

import type { Bracket, Event } from '../lab/events.ts'

/** One fault from its strike to its heal. */
export type FaultWindow = {
  /** 'death of nat-gw-a-1' */
  readonly fault: string
  readonly targets: readonly string[]
  /** The instant it took hold. */
  readonly applied: Bracket
  /** What showed that it bites. */
  readonly proof?: string
  /** When healing began, and the instant it let go. */
  readonly healing?: number
  readonly healed?: Bracket
}

/** A stretch of a run between two strikes or heals. */
export type Phase = {
  /** 'before', 'during death of nat-gw-a-1', 'after death of nat-gw-a-1' */
  readonly name: string
  readonly fromNs: number
  readonly toNs: number
  /** The instant that its times count from: a fault took hold, or let go. None before the first. */
  readonly since?: Bracket
  /** It began with a heal, and may have inherited a loss. */
  readonly healed?: boolean
}

export const middle = ({ fromNs, toNs }: Bracket): number => fromNs / 2 + toNs / 2

export function faultWindows(events: readonly Event[]): FaultWindow[] {
  const windows: FaultWindow[] = []
  for (const event of events) {
    if (event.kind !== 'fault') continue
    const { fault, targets, phase, proof, atNs } = event
    const bracket = event.bracket ?? { fromNs: atNs, toNs: atNs }
    if (phase === 'applied') windows.push({ fault, targets, applied: bracket })
    const i = windows.findLastIndex((window) => window.fault === fault && !window.healed)
    const open = windows[i]
    if (!open) continue
    if (phase === 'effective' && proof) windows[i] = { ...open, proof }
    if (phase === 'healing') windows[i] = { ...open, healing: atNs }
    if (phase === 'healed') windows[i] = { ...open, healing: open.healing ?? bracket.fromNs, healed: bracket }
  }
  return windows
}

/** The whole run, cut where faults took hold and where healing began, as claims cut it. */
export function phases(windows: readonly FaultWindow[]): Phase[] {
  const cuts = windows.flatMap(({ fault, applied, healing, healed }) => [
    { fromNs: applied.fromNs, since: applied, strike: true, fault },
    ...(healing !== undefined && healed ? [{ fromNs: healing, since: healed, strike: false, fault }] : []),
  ])
  cuts.sort((a, b) => a.fromNs - b.fromNs)
  const inForce: string[] = []
  const names = cuts.map(({ fault, strike }) => {
    if (strike) inForce.push(fault)
    else inForce.splice(inForce.indexOf(fault), 1)
    return inForce.length > 0 ? `during ${inForce.join(' and ')}` : `after ${fault}`
  })
  const start = (i: number) => cuts[i]?.fromNs ?? Number.POSITIVE_INFINITY
  const later = cuts.map(
    ({ since, strike }, i): Phase => ({
      name: names[i] ?? '',
      fromNs: start(i),
      toNs: start(i + 1),
      since,
      healed: !strike,
    }),
  )
  return [{ name: 'before', fromNs: Number.NEGATIVE_INFINITY, toNs: start(0) }, ...later]
}
