import { expect, test } from 'vitest'
import { between, ranMs } from './cpu.ts'

test('threads and processes of a listing add up, those that were asked for', () => {
  const listing = '2500000 prober send 1 16 198.51.100.10 7000 4000 \n1500000 prober serve 7000 \nno line\n'
  expect(ranMs(listing)).toBe(4)
  expect(ranMs(listing, /prober serve/)).toBe(1.5)
  expect(ranMs('')).toBe(0)
})

test('what was used is the difference of two looks', () => {
  const first = { sender: 1, server: 2, taps: 3, runner: 4, engine: 5, switches: 6 }
  const second = { sender: 2, server: 4, taps: 6, runner: 8, engine: 10, switches: 12 }
  expect(between(first, second)).toEqual(first)
})
