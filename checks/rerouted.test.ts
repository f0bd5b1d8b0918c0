import { expect, test } from 'vitest'
import type { History } from '../lab/history.ts'
import { death, MS, madeHistory, S } from '../lab/loss/made-history.ts'
import { rerouted } from './rerouted.ts'

const WAY = 'nhid 20 via 100.127.1.2'

/** The fault is in force from 5 s to 8 s; the kernel of the internet tells these lines. */
function told(lines: readonly (readonly [atNs: number, line: string])[]): History {
  const history = madeHistory([], { appliedNs: 5 * S, healingNs: 8 * S })
  for (const [atNs, line] of lines)
    history.record('internet', { kind: 'line', node: 'internet', stream: 'kernel', line }, atNs)
  return history
}

const moved = [5 * S + 350 * MS, `203.0.113.1 ${WAY} dev region-2-1 proto bgp metric 20`] as const
const back = [9 * S, '203.0.113.1 nhid 7 via 100.64.1.2 dev to-a-1 proto bgp metric 20'] as const
const claim = (atMost: `${number}ms`, over = 'region-2-1') =>
  rerouted({ prefix: '203.0.113.1/32', at: 'internet', during: death, over, atMost })

test("the time is that of the kernel's stamp", () => {
  expect(claim('400ms').judge(told([moved, back]))).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('350ms'),
  })
})

test.each([
  ['broken where it took longer', '300ms', [moved], 'broken'],
  ['undecided where nothing was told', '300ms', [], 'undecided'],
  ['undecided where the route only went', '400ms', [[6 * S, `Deleted ${moved[1]}`]], 'undecided'],
  ['undecided where it moved after the heal', '400ms', [back], 'undecided'],
  ['broken where it went another way in the end', '400ms', [moved, [7 * S, back[1]]], 'broken'],
  [
    'undecided where another prefix moved',
    '400ms',
    [[6 * S, `203.0.113.2 ${WAY} dev region-2-1 proto bgp`]],
    'undecided',
  ],
] as const)('it is %s', (_, atMost, lines, is) => {
  expect(claim(atMost).judge(told(lines)).is).toBe(is)
})

test('after the heal it counts from there', () => {
  const after = rerouted({ prefix: '203.0.113.1/32', at: 'internet', after: death, over: 'to-a-1', atMost: '2s' })
  expect(after.judge(told([moved, back])).is).toBe('upheld')
})
