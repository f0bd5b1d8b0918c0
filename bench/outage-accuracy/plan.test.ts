import { expect, test } from 'vitest'
import { random } from '../../lab/random.ts'
import { LONGEST_NS, plan, SHORTEST_NS } from './plan.ts'

test('the same seed plans the same outages, another seed others', () => {
  expect(plan(9, random(4))).toEqual(plan(9, random(4)))
  expect(plan(9, random(4))).not.toEqual(plan(9, random(5)))
})

test('lengths are from 20 ms to 2 s, half of them below 200 ms', () => {
  const lengths = plan(2000, random(1)).map(({ lengthNs }) => lengthNs)
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(SHORTEST_NS)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(LONGEST_NS)
  expect(Math.min(...lengths)).toBeLessThan(21e6)
  expect(Math.max(...lengths)).toBeGreaterThan(1.9e9)
  expect(Math.abs(lengths.filter((ns) => ns < 200e6).length - 1000)).toBeLessThan(100)
})
