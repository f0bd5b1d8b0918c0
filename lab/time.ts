import { ScenarioError } from './errors.ts'

/** A span of time as people write it, '250ms'. */
export type Duration = `${number}${'us' | 'ms' | 's' | 'min'}`

const NS_PER = { us: 1e3, ms: 1e6, s: 1e9, min: 60e9 } as const

/** Nanoseconds of a duration. Throws ScenarioError for a negative, missing or unknown one. */
export function toNs(duration: Duration): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)(us|ms|s|min)$/.exec(duration) ?? []
  if (value === undefined || unit === undefined)
    throw new ScenarioError(`no duration: '${duration}'; write a number and us, ms, s or min, as in '250ms'`)
  return Number(value) * NS_PER[unit as keyof typeof NS_PER]
}

/** Milliseconds of a duration, for timers. */
export const toMs = (duration: Duration): number => toNs(duration) / 1e6

/** A span in human units with three significant digits: 351.2ms, 2.04s, 18us. */
export function human(ns: number): string {
  if (ns === 0) return '0ms'
  const size = Math.abs(ns)
  if (size >= 60e9) return `${(ns / 60e9).toFixed(1)}min`
  if (size >= 1e9) return `${(ns / 1e9).toFixed(size >= 10e9 ? 1 : 2)}s`
  if (size >= 1e6) return `${(ns / 1e6).toFixed(size >= 100e6 ? 0 : 1)}ms`
  if (size >= 1e3) return `${(ns / 1e3).toFixed(0)}us`
  return `${ns.toFixed(0)}ns`
}
