// What several measurements of one thing come to.

/** The value that a share of all values lies below, between neighbours in proportion. NaN for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export type Spread = { readonly least: number; readonly median: number; readonly most: number; readonly count: number }

/** Infinite bounds for no values, which meet no requirement. */
export const spread = (values: readonly number[]): Spread => ({
  least: values.length > 0 ? Math.min(...values) : Number.NEGATIVE_INFINITY,
  median: median(values),
  most: values.length > 0 ? Math.max(...values) : Number.POSITIVE_INFINITY,
  count: values.length,
})
