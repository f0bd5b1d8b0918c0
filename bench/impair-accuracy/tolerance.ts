// How far a measured figure may lie from what was asked for, by chance and by the instrument.

/** Asked, measured and how far apart the two may be, all in one unit. */
export type Figure = {
  readonly asked: number
  readonly measured: number
  readonly tolerance: number
  readonly unit: 'ms' | '%' | 'Mbit/s' | 'packets' | 'bytes'
}

/** Four standard deviations: chance alone exceeds that once in 16,000 figures, of which a run has some twenty. */
const SIGMAS = 4

/** NaN, of nothing measured, is outside. */
export const within = ({ asked, measured, tolerance }: Figure): boolean => Math.abs(measured - asked) <= tolerance

/** Tolerance of a share of n packets, each drawn for itself. */
export const ofShare = (share: number, n: number): number => SIGMAS * Math.sqrt((share * (1 - share)) / n)

/**
 * The same where losses come in bursts of a mean length: neighbours are alike by λ = 1 − p − r, with r = 1 / bursts
 * and p / (p + r) the share, so that n packets tell as much as n (1 − λ) / (1 + λ) that know nothing of each other.
 */
export function ofShareInBursts(share: number, bursts: number, n: number): number {
  const recover = 1 / bursts
  const alike = 1 - recover - (share / (1 - share)) * recover
  return ofShare(share, (n * (1 - alike)) / (1 + alike))
}

/** Tolerance of the mean length of so many bursts: it is geometric, with a variance of b (b − 1). */
export const ofBursts = (mean: number, bursts: number): number => SIGMAS * Math.sqrt((mean * (mean - 1)) / bursts)

/** Mean length of runs of losses in what was sent, in order; and how many there were. */
export function burstsIn(passed: readonly boolean[]): { readonly mean: number; readonly count: number } {
  const lost = passed.filter((each) => !each).length
  const count = passed.filter((each, i) => !each && (i === 0 || passed[i - 1] === true)).length
  return { mean: lost / count, count }
}

/** Standard deviation. */
export function deviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}
