// Rates as people write them.

import { type BitRate, toBps } from '../lab/bit-rate.ts'
import { ScenarioError } from '../lab/errors.ts'
import { toNs } from '../lab/time.ts'

/** So many each second. */
export type PerSecond = `${number}/s`
/** Throws ScenarioError for what is no whole number from 1 up to the most. */
export function parsePerSecond(what: string, rate: string, most: number): number {
  const number = Number(/^(\d+)\/s$/.exec(rate)?.[1])
  if (number >= 1 && number <= most) return number
  throw new ScenarioError(`no rate of ${what}: '${rate}'; write 1/s to ${most}/s`)
}

/** bit/s. Throws ScenarioError for what is no rate, or more than the most. */
export function parseBitRate(rate: BitRate, mostBps: number): number {
  const bps = toBps(rate)
  if (bps >= 1e4 && bps <= mostBps) return bps
  throw new ScenarioError(`no bit rate of a flow: '${rate}'; write 10kbps to ${mostBps / 1e6}Mbps`)
}

/** Throws ScenarioError for what is no whole number from least to most. */
export function wholeBetween(what: string, number: number, least: number, most: number): number {
  if (Number.isInteger(number) && number >= least && number <= most) return number
  throw new ScenarioError(`no number of ${what}: ${number}; wanted ${least} to ${most}`)
}

/** ns. Throws ScenarioError for what is no duration, or not from least to most. */
export function durationBetween(what: string, text: `${number}${'ms' | 's'}`, least: typeof text, most: typeof text) {
  const ns = toNs(text)
  if (ns >= toNs(least) && ns <= toNs(most)) return ns
  throw new ScenarioError(`no ${what}: '${text}'; wanted ${least} to ${most}`)
}
