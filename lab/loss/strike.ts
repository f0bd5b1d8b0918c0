// When faults were in force, as the history tells it.

import type { Bracket, Event } from '../events.ts'
import type { History } from '../history.ts'
import type { Named } from './window.ts'

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

/** A fault as claims count from it. */
export type Strike = {
  /** The instant it took hold. */
  readonly applied: Bracket
  /** When healing began, and the instant the fault let go; none: not healed in this run. */
  readonly healed?: { readonly beganNs: number; readonly letGo: Bracket }
}

/** Each time that a fault struck, in order. */
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
    if (phase === 'healing') windows[i] = { ...open, healing: open.healing ?? atNs }
    if (phase === 'healed') windows[i] = { ...open, healed: bracket }
  }
  return windows
}

/** A heal that has only begun let go then, at the earliest. */
export const strike = ({ applied, healing, healed }: FaultWindow): Strike => ({
  applied,
  ...(healing !== undefined && {
    healed: { beganNs: healing, letGo: healed ?? { fromNs: healing, toNs: healing } },
  }),
})

/** When a fault struck and healed; or why that cannot be told. */
export function strikeOf({ events }: Pick<History, 'events'>, { name }: Named): Strike | string {
  const [window, again] = faultWindows(events).filter(({ fault }) => fault === name)
  if (!window) return `${name} was never applied`
  return again ? `${name} was applied more than once` : strike(window)
}
