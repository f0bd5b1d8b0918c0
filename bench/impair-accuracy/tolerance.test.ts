import { expect, test } from 'vitest'
import { burstsIn, deviation, ofBursts, ofShare, ofShareInBursts, within } from './tolerance.ts'

test('a figure is within its tolerance, edges included, and one of nothing is not', () => {
  const figure = { asked: 100, tolerance: 1, unit: 'ms' } as const
  expect([99, 101, 101.01, Number.NaN].map((measured) => within({ ...figure, measured }))).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a share of 10% of 900 packets is known to 4%', () => expect(ofShare(0.1, 900)).toBeCloseTo(0.04))

test('bursts of one packet are no bursts, and longer ones tell less', () => {
  const share = 0.2
  // One that is lost makes no difference to the next but that the good state comes first: p = 0.25, r = 1.
  expect(ofShareInBursts(share, 1 / (1 - share), 1000)).toBeCloseTo(ofShare(share, 1000))
  expect(ofShareInBursts(share, 8, 1000)).toBeGreaterThan(3 * ofShare(share, 1000))
})

test('runs of losses are counted and their mean told', () => {
  const passed = [...'.xx..x.xxx'].map((sign) => sign === '.')
  expect(burstsIn(passed)).toEqual({ mean: 2, count: 3 })
  expect(ofBursts(2, 32)).toBeCloseTo(1)
})

test('the deviation of ±20, evenly spread, is 20 / √3', () => {
  const even = Array.from({ length: 401 }, (_, i) => (i - 200) / 10)
  expect(deviation(even)).toBeCloseTo(20 / Math.sqrt(3), 1)
})
