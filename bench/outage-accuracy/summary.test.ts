import { expect, test } from 'vitest'
import type { Compared } from './compare.ts'
import { errorsOf, limitNs, summaryOf } from './summary.ts'

const MS = 1e6
const one = (change: Partial<Compared> = {}): Compared => ({
  trueNs: 100 * MS,
  measuredNs: 101 * MS,
  boundNs: 4 * MS,
  errorNs: 1 * MS,
  inside: true,
  missed: false,
  invented: 0,
  ownLosses: 0,
  ...change,
})

test('errors count by size', () => {
  expect(errorsOf([-3 * MS, 1 * MS, 2 * MS])).toEqual({
    medianNs: 2 * MS,
    p99Ns: expect.closeTo(2.98 * MS),
    mostNs: 3 * MS,
  })
})

test('a limit is one gap and a millisecond', () => {
  expect(limitNs(4 * MS)).toBe(5 * MS)
})

test('what is outside, missed, invented or too wide is counted', () => {
  const compared = [
    one(),
    one({ inside: false, errorNs: -9 * MS }),
    one({ missed: true }),
    one({ invented: 2 }),
    one({ boundNs: 5.1 * MS }),
  ]
  expect(summaryOf(compared, 4 * MS)).toMatchObject({
    measured: 5,
    outside: 1,
    missed: 1,
    invented: 2,
    disturbed: 0,
    wide: 1,
    medianNs: 1 * MS,
    mostNs: 9 * MS,
  })
})

test('what the lab lost by itself is told apart, and no error of the measurement', () => {
  const disturbed = one({ ownLosses: 3, invented: 1, inside: false, errorNs: 40 * MS })
  expect(summaryOf([one(), disturbed], 4 * MS)).toMatchObject({ disturbed: 1, outside: 0, invented: 0, mostNs: 1 * MS })
})

test('nothing measured meets no limit', () => {
  expect(summaryOf([], 4 * MS).p99Ns <= 5 * MS).toBe(false)
})
