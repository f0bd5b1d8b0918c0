import { expect, test } from 'vitest'
import { between, parseCpu } from './machine.ts'

test('busy and steal are shares of all time that passed', () => {
  const from = parseCpu('cpu  100 0 100 700 50 0 0 50 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')
  const to = parseCpu('cpu  140 0 110 730 50 0 0 70 0 0\n')
  expect(from.total).toBe(1000)
  expect(between(from, to)).toEqual({ busy: 0.5, steal: 0.2 })
})
