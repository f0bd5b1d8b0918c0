import { expect, test } from 'vitest'
import { truthOf } from './truth.ts'

const ms = (...times: number[]) => times.map((t) => t * 1e6)
const inNs = ms(100, 101, 102, 103, 104)
const lostFrom = (from: number) => inNs.map((ns) => (ns >= from * 1e6 ? null : ns))
const bracket = (from: number, to: number) => ({ fromNs: from * 1e6, toNs: to * 1e6 })

test('a bracket between the last that passed and the first that did not is off by no more than they are apart', () => {
  const { mostNs, leastNs } = truthOf({ inNs, outNs: lostFrom(102) }, bracket(101.4, 101.5)) ?? {}
  expect(mostNs).toBeCloseTo(0.6e6)
  expect(leastNs).toBe(0)
})

test.each([
  [bracket(103.5, 103.6), 1.5e6, 2.6e6],
  [bracket(99, 99.5), 1.5e6, 3e6],
])('one beside them is off by what lies between: %o', (recorded, least, most) => {
  const { mostNs, leastNs } = truthOf({ inNs, outNs: lostFrom(102) }, recorded) ?? {}
  expect(leastNs).toBeCloseTo(least)
  expect(mostNs).toBeCloseTo(most)
})

test('where nothing was lost nothing is known', () => {
  expect(truthOf({ inNs, outNs: inNs }, bracket(101.4, 101.5))).toBeUndefined()
})
