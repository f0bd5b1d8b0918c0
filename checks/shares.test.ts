import { expect, test } from 'vitest'
import { spread } from './shares.ts'

const over = ['203.0.113.17', '203.0.113.18']
const from = (host: number, count: number) => Array.from({ length: count }, (_, i) => `203.0.113.${host}:${4000 + i}`)

test('an even spread is upheld, and says what chance allows', () => {
  expect(spread([...from(17, 14), ...from(18, 18)], over)).toEqual({
    is: 'upheld',
    text: '203.0.113.17 14, 203.0.113.18 18 of 32; chance allows 7 to 25 for each',
  })
})

test.each([
  ['all on one', [...from(17, 32)]],
  ['nearly all on one', [...from(17, 29), ...from(18, 3)]],
  ['one elsewhere', [...from(17, 16), ...from(18, 15), ...from(33, 1)]],
])('%s breaks it', (_, sources) => {
  expect(spread(sources, over).is).toBe('broken')
})

test('few sessions decide nothing', () => {
  expect(spread([...from(17, 1), ...from(18, 1)], over).is).toBe('undecided')
})
