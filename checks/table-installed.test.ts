import { expect, test } from 'vitest'
import { death, MS, madeHistory, S } from '../lab/loss/made-history.ts'
import { tableInstalled } from './table-installed.ts'

/** The fault is in force from 5 s to 8 s; the gateway's kernel has counted so many at these times. */
function counted(counts: readonly (readonly [atNs: number, prefixes: number])[]) {
  const history = madeHistory([], { appliedNs: 5 * S, healingNs: 8 * S })
  for (const [atNs, prefixes] of counts) {
    const line = `198.18.0.0/15: ${prefixes} prefixes`
    history.record('nat-gw-a-1', { kind: 'line', node: 'nat-gw-a-1', stream: 'kernel', line }, atNs)
  }
  return history
}

const growing = [
  [4 * S, 1000],
  [5 * S + 80 * MS, 100],
  [5 * S + 600 * MS, 1000],
] as const
const claim = (atMost: `${number}ms`, at = 'nat-gw-a-1') =>
  tableInstalled({ during: death, prefixes: 1000, at, atMost })

test('it counts from the strike to the last prefix, and tells of the first', () => {
  expect(claim('700ms').judge(counted(growing))).toMatchObject({
    is: 'upheld',
    measured: expect.stringMatching(/in at most 700ms: 600ms ± .*, the first 100 after 80/),
    measures: [{ name: 'full_convergence', value: 600 * MS, unit: 'ns' }],
  })
})

test.each([
  ['broken where it took longer', '500ms', growing, 'broken'],
  ['undecided where nothing was counted', '500ms', [], 'undecided'],
  ['undecided where it never was whole', '500ms', [[5 * S + 80 * MS, 900]], 'undecided'],
] as const)('it is %s', (_, atMost, counts, is) => {
  expect(claim(atMost).judge(counted(counts)).is).toBe(is)
})

test("another node's count is none", () => {
  expect(claim('700ms', 'nat-gw-a-2').judge(counted(growing))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('nat-gw-a-2 counted none'),
  })
})
