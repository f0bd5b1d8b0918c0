import { expect, test } from 'vitest'
import { death, madeHistory, S } from '../lab/loss/made-history.ts'
import { nothingLeaked } from './leaks.ts'

const MIB = 2 ** 20
const files = { __name__: 'ovs_process_open_fds', component: 'ovs-vswitchd' }
const memory = { __name__: 'ovn_process_resident_memory_bytes', component: 'ovn-northd' }
const rules = { __name__: 'ovs_bridge_flow_count', bridge: 'br-int' }

type Made = {
  readonly labels: Record<string, string>
  readonly before: number
  readonly during: number
  readonly after?: number
}

/** The fault is in force from 3.2 s to 8.2 s, and each figure has one value in each stretch. */
function judged(...made: Made[]) {
  const check = nothingLeaked({ after: death })
  const history = madeHistory([], { appliedNs: 3.2 * S, healingNs: 8.2 * S })
  const at = (second: number, { before, during, after }: Made) => (second < 4 ? before : second < 9 ? during : after)
  const series = made.map((each) => ({
    labels: each.labels,
    points: Array.from({ length: 13 }, (_, second) => [second * S, at(second, each)] as const).filter(
      (point): point is readonly [number, number] => point[1] !== undefined,
    ),
  }))
  history.record('monitor', { kind: 'series', query: check.asks, fromNs: 0, toNs: 12 * S, stepNs: S, series })
  return check.judge(history)
}

test.each<[string, string, RegExp, ...Made[]]>([
  [
    'all is given back',
    'upheld',
    /2 figures/,
    { labels: files, before: 40, during: 90, after: 42 },
    { labels: rules, before: 2000, during: 10, after: 2004 },
  ],
  ['files are kept', 'broken', /ovs-vswitchd"} 40 to 45 files/, { labels: files, before: 40, during: 90, after: 45 }],
  [
    'memory is kept',
    'broken',
    /ovn-northd"} 20 to 34 MiB/,
    { labels: memory, before: 20 * MIB, during: 0, after: 34 * MIB },
  ],
  ['an allocator keeps some', 'upheld', /1 figures/, { labels: memory, before: 20 * MIB, during: 0, after: 32 * MIB }],
  ['rules are kept', 'broken', /br-int"} 2000 to 2100 rules/, { labels: rules, before: 2000, during: 0, after: 2100 }],
  [
    'one of two leaks',
    'broken',
    /was ovs_process/,
    { labels: rules, before: 9, during: 9, after: 9 },
    { labels: files, before: 4, during: 4, after: 9 },
  ],
  ['a daemon never came back', 'undecided', /nothing was seen/, { labels: files, before: 40, during: 0 }],
])('%s', (_, is, says, ...made) => {
  const verdict = judged(...made)
  expect(verdict.is).toBe(is)
  expect(verdict.is === 'upheld' ? verdict.measured : verdict.because).toMatch(says)
})

test('a query that nobody asked proves nothing', () => {
  expect(nothingLeaked({ after: death }).judge(madeHistory([]))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('was not asked'),
  })
})
