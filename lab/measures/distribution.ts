/** Of a number of values: how they spread. */
export type Distribution = {
  readonly count: number
  readonly min: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** The value below which this share lies, by nearest rank: one that was seen, and never between two. */
export const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0

export const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort()

/** None of nothing. */
export function distribution(values: readonly number[]): Distribution | undefined {
  if (values.length === 0) return undefined
  const all = sorted(values)
  return {
    count: all.length,
    min: all[0] ?? 0,
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    max: all.at(-1) ?? 0,
  }
}
