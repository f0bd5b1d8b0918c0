// A record that was written while probes were missing says nothing of its end: what is missing there
// may be an outage, and no evidence is never a pass.

import { expect, test } from 'vitest'
import { bothWays, death, madeHistory, S, users } from '../lab/loss/made-history.ts'
import { impairment } from './impairment.ts'
import { outage } from './outage.ts'
import { path } from './path.ts'

const struck = { appliedNs: 3 * S, healingNs: 6 * S }
const down = [{ fromNs: 3 * S, toNs: 3.3 * S }]

/** Judged while the flow runs, and 50 probes of each direction are missing. */
const early = madeHistory(
  bothWays({ down, endNs: 8 * S }).map((record) => ({ ...record, overdue: 50 })),
  struck,
)
const later = madeHistory(bothWays({ down, endNs: 8 * S }), struck)

test('an outage after the fault is undecided while probes are missing, and judged once they are not', () => {
  const claim = outage({ of: users, after: death, atMost: '500ms' })
  expect(claim.judge(early)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('50 probes were missing at the end and may yet pass: 0ms ± '),
  })
  expect(claim.judge(later).is).toBe('upheld')
})

test('a stretch that ends before the record does is judged all the same', () => {
  expect(outage({ of: users, during: death, atMost: '500ms' }).judge(early).is).toBe('upheld')
})

test('what is too long already is broken, whatever else is missing', () => {
  expect(outage({ of: users, atMost: '200ms' }).judge(early).is).toBe('broken')
})

test('nobody is unimpaired while probes are missing', () => {
  expect(impairment({ of: users, is: 'none', after: death }).judge(early).is).toBe('undecided')
  expect(impairment({ of: users, is: 'none', after: death }).judge(later).is).toBe('upheld')
})

test('the path at the end is that of the flow itself, though others were seen for longer', () => {
  const via = (name: string) => (record: ReturnType<typeof bothWays>[number]) => ({
    ...record,
    paths: [{ via: name, count: 1, firstNs: 0, lastNs: record.outNs.at(-1) ?? 0 }],
  })
  const other = bothWays({ flow: 'probe vpc-b-web-1 → internet', endNs: 12 * S }).map(via('nat-gw-b-1'))
  const mine = bothWays({ endNs: 8 * S }).map(via('nat-gw-a-1'))
  const claim = path({ of: users, after: death, via: 'nat-gw-a-1' })
  expect(claim.judge(madeHistory([...mine, ...other], struck)).is).toBe('upheld')
  const missing = mine.map((record) => ({ ...record, overdue: 25 }))
  expect(claim.judge(madeHistory([...missing, ...other], struck))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('25 probes were missing'),
  })
})
