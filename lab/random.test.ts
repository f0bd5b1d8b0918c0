import { expect, test } from 'vitest'
import { ScenarioError } from './errors.ts'
import { chanceOf, oneOf, random, seedOf } from './random.ts'

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

test('what one purpose draws does not change what another gets', () => {
  const alone = chanceOf('a')('flap')
  const chance = chanceOf('a')
  chance('storm')()
  expect(chance('flap')()).toBe(alone())
  expect(chanceOf('a')('flap')()).not.toBe(chanceOf('b')('flap')())
})

test('a seed that is asked for is taken, and one that cannot be typed again is refused', () => {
  expect(seedOf('3f9c2a')).toBe('3f9c2a')
  expect(seedOf('')).toMatch(/^[0-9a-f]{8}$/)
  expect(() => seedOf('two words')).toThrow(ScenarioError)
})

test('of several one is chosen, of none nothing', () => {
  expect(['a', 'b']).toContain(oneOf(['a', 'b'], random(1)))
  expect(() => oneOf([], random(1))).toThrow(ScenarioError)
})
