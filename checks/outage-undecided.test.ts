import { expect, test } from 'vitest'
import {
  bothWays,
  death,
  MS,
  madeHistory,
  madeRecord,
  S,
  type Story,
  type Struck,
  users,
} from '../lab/loss/made-history.ts'
import { outage } from './outage.ts'

// No evidence is never a pass: each way in which it can be missing.

const struck: Struck = { appliedNs: 3 * S, healingNs: 7 * S }

test.each<[string, Story, Struck | undefined, string]>([
  ['no fault', {}, undefined, 'death of nat-gw-a-1 was never applied'],
  ['another fault', {}, { ...struck, fault: 'silence of nat-gw-a-1' }, 'death of nat-gw-a-1 was never applied'],
  ['no probe at all', { endNs: 0 }, struck, 'saw 0 probes'],
  ['no probe in the window', { endNs: 2.9 * S }, struck, 'saw 0 probes'],
  [
    'too few probes before the fault',
    { gapNs: 60 * MS },
    struck,
    'steady state was not met before death of nat-gw-a-1: only 16 probes passed in the second before',
  ],
  [
    'a flow that began too late',
    { stalled: [{ fromNs: 0, toNs: 2.95 * S }] },
    struck,
    'only 12 probes passed in the second before',
  ],
  [
    'a loss just before the fault',
    { down: [{ fromNs: 2.5 * S, toNs: 2.51 * S }] },
    struck,
    'steady state was not met before death of nat-gw-a-1: 3 of 250 probes were lost in the second before',
  ],
  [
    'a flow that is down when the fault strikes',
    { down: [{ fromNs: 2 * S, toNs: 4 * S }] },
    struck,
    'probes were lost in the second before',
  ],
])('%s leaves it undecided', (_, story, fault, because) => {
  const verdict = outage({ of: users, during: death, atMost: '1s' }).judge(madeHistory(bothWays(story), fault))
  expect(verdict).toMatchObject({ is: 'undecided', because: expect.stringContaining(because) })
  expect('because' in verdict && verdict.because).toMatch(
    /^outage of probe vpc-a-web-1 → internet during death of nat-gw-a-1 at most 1s, forward /,
  )
})

test('a flow without a record, and one of two directions without, leave it undecided', () => {
  const claim = outage({ of: users, during: death, atMost: '1s' })
  expect(claim.judge(madeHistory([], struck))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('forward left no record; reverse left no record'),
  })
  expect(claim.judge(madeHistory([madeRecord()], struck))).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(/at most 1s, reverse left no record$/),
  })
  expect(outage({ of: [], during: death, atMost: '1s' }).judge(madeHistory([], struck)).is).toBe('undecided')
})

test('a fault that was not healed has no time after it, one that struck twice no time of its own', () => {
  const after = outage({ of: users, after: death, atMost: '1s' })
  expect(after.judge(madeHistory(bothWays(), { appliedNs: 3 * S }))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('was never healed'),
  })
  const twice = madeHistory(bothWays(), struck)
  twice.record('scenario', { kind: 'fault', fault: death.name, phase: 'applied', targets: [] }, 8 * S)
  expect(after.judge(twice)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('was applied more than once'),
  })
})
