import { expect, test } from 'vitest'
import { highest } from './search.ts'

const upTo = (limit: number) => {
  const tried: number[] = []
  return { tried, holds: async (rate: number) => tried.push(rate) > 0 && rate <= limit }
}

test('the highest rate is found to a tenth, in few tries', async () => {
  const { tried, holds } = upTo(1430)
  const found = await highest(250, 5000, holds)
  expect(found).toBeLessThanOrEqual(1430)
  expect(found).toBeGreaterThan(1430 / 1.1)
  expect(tried.length).toBeLessThan(9)
})

test('what holds to the end is not tried beyond it, and what never holds is 0', async () => {
  const all = upTo(9999)
  expect(await highest(250, 5000, all.holds)).toBe(4000)
  expect(all.tried).toEqual([250, 500, 1000, 2000, 4000])
  expect(await highest(250, 5000, upTo(100).holds)).toBe(0)
})
