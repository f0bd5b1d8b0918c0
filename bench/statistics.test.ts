import { expect, test } from 'vitest'
import { median, percentile, spread } from './statistics.ts'

test('a median of an even number of values lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9, 1, 5])).toBe(5)
})

test('a percentile interpolates between neighbours', () => {
  const values = [10, 20, 30, 40, 50]
  expect(percentile(values, 0)).toBe(10)
  expect(percentile(values, 0.9)).toBeCloseTo(46)
  expect(percentile(values, 1)).toBe(50)
})

test('values are left as they were', () => {
  const values = [3, 1, 2]
  spread(values)
  expect(values).toEqual([3, 1, 2])
})

test('no values meet no requirement', () => {
  expect(median([]) <= 12).toBe(false)
  expect(spread([]).most <= 12).toBe(false)
})
