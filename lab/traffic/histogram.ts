// Times counted in buckets, so that seconds add up to minutes without a list of all of them. Written
// down sparsely: [bucket, count, bucket, count, …], buckets ascending.

/** Buckets in each doubling: neighbours differ by 2.2 %, which is how exact a quantile is. */
const PER_OCTAVE = 32
/** The lowest: 1 us. */
const LEAST_NS = 1e3

export type Histogram = readonly number[]

/** How far a quantile may be above the truth, as a share of it. */
export const PRECISION = 2 ** (1 / PER_OCTAVE) - 1

const bucketOf = (ns: number): number => Math.max(0, Math.ceil(PER_OCTAVE * Math.log2(Math.max(ns, 1) / LEAST_NS)))

/** The longest time that a bucket holds, ns. */
const upperNs = (bucket: number): number => LEAST_NS * 2 ** (bucket / PER_OCTAVE)

const pairs = (histogram: Histogram): [bucket: number, count: number][] =>
  Array.from({ length: histogram.length / 2 }, (_, i) => [histogram[2 * i] ?? 0, histogram[2 * i + 1] ?? 0])

const packed = (counts: ReadonlyMap<number, number>): Histogram => [...counts].sort(([a], [b]) => a - b).flat()

export function histogram(timesNs: readonly number[]): Histogram {
  const counts = new Map<number, number>()
  for (const ns of timesNs) counts.set(bucketOf(ns), (counts.get(bucketOf(ns)) ?? 0) + 1)
  return packed(counts)
}

export function merged(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>()
  for (const [bucket, count] of histograms.flatMap(pairs)) counts.set(bucket, (counts.get(bucket) ?? 0) + count)
  return packed(counts)
}

/** The time that this share of all did not exceed, ns, rounded up to its bucket's end; none of nothing. */
export function quantile(histogram: Histogram, share: number): number | undefined {
  const all = pairs(histogram)
  const rank = Math.max(1, Math.ceil(share * all.reduce((sum, [, count]) => sum + count, 0)))
  let seen = 0
  for (const [bucket, count] of all) {
    seen += count
    if (seen >= rank) return upperNs(bucket)
  }
  return undefined
}
