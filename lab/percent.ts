// Shares as people write them.

import { ScenarioError } from './errors.ts'

export type Percent = `${number}%`

/** From 0 to 1. Throws ScenarioError for what is no share. */
export function toShare(text: Percent): number {
  const number = Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1])
  if (number <= 100) return number / 100
  throw new ScenarioError(`no share: '${text}'; write 0% to 100%`)
}

/** '1.5%', with three significant digits. */
export const percent = (share: number): Percent =>
  share === 0 || share === 1 ? `${share * 100}%` : (`${Number((share * 100).toPrecision(3))}%` as Percent)
