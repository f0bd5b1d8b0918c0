import { expect, test } from 'vitest'
import { random } from './random.ts'

const draw = (seed: number, times: number) => {
  const next = random(seed)
  return Array.from({ length: times }, next)
}

test('the same seed draws the same numbers, another seed others', () => {
  expect(draw(7, 5)).toEqual(draw(7, 5))
  expect(draw(7, 5)).not.toEqual(draw(8, 5))
})

test('draws fill the range evenly', () => {
  const drawn = draw(1, 10_000)
  const tenths = Array.from({ length: 10 }, (_, i) => drawn.filter((x) => Math.floor(x * 10) === i).length)
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(120)
})
