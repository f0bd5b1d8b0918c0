import { expect, test } from 'vitest'
import { binomialRange } from './binomial.ts'

/** By counting: of 2^n ways that n coins can fall, those with each number of heads. */
function coins(n: number, outside: number) {
  const ways = Array.from({ length: n + 1 }, () => 0)
  for (let way = 0; way < 2 ** n; way++) {
    const heads = [...way.toString(2)].filter((digit) => digit === '1').length
    ways[heads] = (ways[heads] ?? 0) + 1
  }
  const below = ways.map((_, k) => ways.slice(0, k + 1).reduce((sum, each) => sum + each, 0) / 2 ** n)
  return {
    least: below.filter((share) => share <= outside / 2).length,
    most: below.findIndex((share) => share >= 1 - outside / 2),
  }
}

test.each([
  [1, 0.5],
  [4, 0.2],
  [10, 0.05],
  [12, 0.01],
  [14, 0.001],
])('of %i coins, with %d outside, as many heads as counting them all says', (n, outside) => {
  expect(binomialRange(n, 0.5, outside)).toEqual(coins(n, outside))
})

test('of many events it is where the normal distribution says', () => {
  // 10 000 × 10 %: standard deviation 30; 99.9 % of a normal distribution lie within 3.29 of them.
  const { least, most } = binomialRange(10_000, 0.1)
  expect(Math.abs(least - (1000 - 3.29 * 30))).toBeLessThan(4)
  expect(Math.abs(most - (1000 + 3.29 * 30))).toBeLessThan(4)
  expect(binomialRange(1_000_000, 0.5).least).toBeGreaterThan(498_000)
})

test('what never or always happens leaves no room, and nothing comes to nothing', () => {
  expect(binomialRange(100, 0)).toEqual({ least: 0, most: 0 })
  expect(binomialRange(100, 1)).toEqual({ least: 100, most: 100 })
  expect(binomialRange(0, 0.1)).toEqual({ least: 0, most: 0 })
})
