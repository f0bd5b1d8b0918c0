import { expect, test } from 'vitest'
import { timeTable } from './table.ts'

const S = 1e9
const spent = { bringUp: 8 * S, waiting: 5 * S, faults: 6 * S, measuring: 6 * S, ending: 5 * S }

test('the slowest test comes first, and the parts add up', () => {
  const tests = [
    { name: 'keep', tookNs: 9 * S },
    { name: 'nat-failover', tookNs: 30 * S, spent },
  ]
  const lines = timeTable({ tests, tookNs: 50 * S, beforeNs: 10 * S })
    .split('\n')
    .filter(Boolean)
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['where the time went', 'in all', 'bring-up', 'waiting', 'faults', 'measuring', 'ending'],
    ['nat-failover', '30.0s', '8.00s', '5.00s', '6.00s', '6.00s', '5.00s'],
    ['keep', '9.00s'],
    ['2 tests on labs', '39.0s', '8.00s', '5.00s', '6.00s', '6.00s', '5.00s'],
    ['unit tests, and starting', '10.0s'],
    ['between tests, and reports', '1.00s'],
    ['all of it', '50.0s'],
  ])
})

test('a run without a lab has no table', () => {
  expect(timeTable({ tests: [], tookNs: 1, beforeNs: 1 })).toBe('')
})
