import { expect, test } from 'vitest'
import { histogram, merged, PRECISION, quantile } from './histogram.ts'

const MS = 1e6

test.each([1e3, 0.4 * MS, 3 * MS, 951 * MS, 30e9])('%i ns come back as themselves, at most 2.2% above', (ns) => {
  const found = quantile(histogram([ns]), 0.5) ?? Number.NaN
  expect(found).toBeGreaterThanOrEqual(ns * (1 - 1e-9))
  expect(found / ns).toBeLessThanOrEqual(1 + PRECISION + 1e-9)
})

test('quantiles count from the shortest', () => {
  const times = Array.from({ length: 100 }, (_, i) => (i + 1) * MS)
  const near = (share: number, ms: number) => {
    const found = (quantile(histogram(times), share) ?? 0) / MS
    expect(found).toBeGreaterThanOrEqual(ms)
    expect(found).toBeLessThanOrEqual(ms * (1 + PRECISION))
  }
  near(0.5, 50)
  near(0.99, 99)
  near(1, 100)
})

test('histograms of parts add up to that of the whole', () => {
  const [early, late] = [
    [1, 2, 3],
    [3, 900],
  ].map((all) => all.map((ms) => ms * MS))
  expect(merged([histogram(early ?? []), histogram(late ?? [])])).toEqual(
    histogram([...(early ?? []), ...(late ?? [])]),
  )
})

test('of nothing there is no quantile', () => {
  expect(quantile(histogram([]), 0.5)).toBeUndefined()
})
