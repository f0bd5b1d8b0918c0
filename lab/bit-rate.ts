// Bit rates as people write them, by powers of ten.

import { ScenarioError } from './errors.ts'

export type BitRate = `${number}${'k' | 'M' | 'G'}bps`

const BITS = { k: 1e3, M: 1e6, G: 1e9 } as const

/** bit/s. Throws ScenarioError for what is no rate. */
export function toBps(text: BitRate): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([kMG])bps$/.exec(text) ?? []
  if (number !== undefined && unit !== undefined) return Number(number) * BITS[unit as keyof typeof BITS]
  throw new ScenarioError(`no bit rate: '${text}'; write a number and kbps, Mbps or Gbps, as in '100Mbps'`)
}
