// How far a count of chance events may lie from what is expected, by chance alone.

export type Range = { readonly least: number; readonly most: number }

/**
 * The counts that n independent events of chance p come to, but for a share `outside` of all cases, half
 * of it below and half above: by the exact binomial distribution, not by its normal approximation.
 */
export function binomialRange(n: number, p: number, outside = 0.001): Range {
  if (p <= 0 || p >= 1) return p <= 0 ? { least: 0, most: 0 } : { least: n, most: n }
  const tail = outside / 2
  // Logarithms, because (1 − p)^n alone is below the smallest number there is for n of some thousands.
  let log = n * Math.log1p(-p)
  let below = 0
  let least = 0
  for (let k = 0; k <= n; k++) {
    below += Math.exp(log)
    if (below <= tail) least = k + 1
    if (below >= 1 - tail) return { least, most: k }
    log += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p)
  }
  return { least, most: n }
}
