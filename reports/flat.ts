// Figures for machines: one number to a name, and the unit in the name, as metrics have it.

import type { Measure } from '../lab/events.ts'

/** 'loss_of_connectivity_period_ms': 351.2, 'loss_of_connectivity_period_resolution_ms': 4 */
export type Flat = Readonly<Record<string, number>>

/** Lengths of time are told in ms, which is what the field's are. */
const UNITS: Readonly<Record<Measure['unit'], readonly [name: string, per: number]>> = {
  ns: ['ms', 1e6],
  packets: ['packets', 1],
  periods: ['', 1],
  pps: ['pps', 1],
  pairs: ['pairs', 1],
  sessions: ['sessions', 1],
  ratio: ['ratio', 1],
  'bit/s': ['bps', 1],
  'requests/s': ['per_second', 1],
}

export const ms = (ns: number): number => ns / 1e6

function named({ name, value, unit, resolution }: Measure): [string, number][] {
  const [suffix, per] = UNITS[unit]
  const end = suffix && !name.endsWith(suffix) ? `_${suffix}` : ''
  return [
    [`${name}${end}`, value / per],
    ...(resolution === undefined ? [] : [[`${name}_resolution${end}`, resolution / per] as [string, number]]),
  ]
}

export const flat = (measures: readonly Measure[]): Flat => Object.fromEntries(measures.flatMap(named))
