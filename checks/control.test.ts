// What a control run without a fault showed, no claim can be finer than.

import { expect, test } from 'vitest'
import { bothWays, death, MS, madeHistory, S, type Story, type Struck, users } from '../lab/loss/made-history.ts'
import { impairment } from './impairment.ts'
import { type Outage, outage } from './outage.ts'

const struck: Struck = { appliedNs: 6 * S, healingNs: 9 * S }
const shortly = { down: [{ fromNs: 6.1 * S, toNs: 6.104 * S }] }

function judge(story: Story, atMost: Outage['atMost'], fault: Struck | undefined = struck) {
  return outage({ of: users, during: death, atMost }).judge(madeHistory(bothWays({ endNs: 12 * S, ...story }), fault))
}

test('a limit below the longest gap of the control run is undecided, and both are named', () => {
  const stalled = [{ fromNs: 2 * S, toNs: 2.008 * S }]
  expect(judge({ ...shortly, stalled, gapNs: MS }, '8ms')).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining(
      'forward claim tighter than the noise floor: at most 8.0ms, while the control run of 6.00s saw gaps of 9.0ms: 4.0ms ± 1.0ms',
    ),
  })
  expect(judge({ ...shortly, stalled, gapNs: MS }, '9ms').is).toBe('upheld')
  expect(judge({ ...shortly, gapNs: MS }, '8ms').is).toBe('upheld')
})

test('what lasted longer than anything that the control run saw is broken, however fine the limit', () => {
  const stalled = [{ fromNs: 2 * S, toNs: 2.008 * S }]
  const down = [{ fromNs: 6.1 * S, toNs: 6.5 * S }]
  expect(judge({ down, stalled, gapNs: MS }, '5ms').is).toBe('broken')
})

test('a loss without a fault is a floor too', () => {
  const down = [{ fromNs: 2 * S, toNs: 2.2 * S }, ...shortly.down]
  expect(judge({ down }, '100ms')).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('at most 100ms, while the control run of 6.00s saw losses of 204ms'),
  })
  expect(judge({ down }, '300ms').is).toBe('upheld')
})

test('a run without a fault needs no other control run than itself', () => {
  const whole = madeHistory(bothWays({ stalled: [{ fromNs: 2 * S, toNs: 2.1 * S }] }))
  expect(outage({ of: users, atMost: '110ms' }).judge(whole).is).toBe('upheld')
  expect(outage({ of: users, atMost: '90ms' }).judge(whole)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('bound wider than the claim needs'),
  })
})

test.each<[string, Story, string]>([
  ['too short', { stalled: [{ fromNs: 0, toNs: 5.5 * S }] }, 'control run of 0.50s and 125 probes is too short'],
  ['missing', { stalled: [{ fromNs: 0, toNs: 7 * S }] }, `no control run: the flow began during ${death.name}`],
])('a control run that is %s carries no claim', (_, story, because) => {
  const history = madeHistory(bothWays({ endNs: 12 * S, ...story }), struck)
  const whole = [outage({ of: users, atMost: '1s' }), impairment({ of: users, is: 'none' })]
  for (const check of whole)
    expect(check.judge(history)).toMatchObject({ is: 'undecided', because: expect.stringContaining(because) })
})

test('nobody is unimpaired by a fault who was impaired before it, and both counts are told', () => {
  const down = [{ fromNs: 2 * S, toNs: 2.012 * S }]
  const history = madeHistory(bothWays({ endNs: 12 * S, down }), struck)
  for (const when of [{}, { during: death }, { after: death }])
    expect(impairment({ of: users, is: 'none', ...when }).judge(history)).toMatchObject({
      is: 'undecided',
      because: expect.stringMatching(
        /steady state was not met: the control run of 6\.00s had 3 lost, 0 duplicated, 0 reordered: \d lost, 0 duplicated/,
      ),
    })
})

test('a recovery that the record does not follow for long enough is not told as one', () => {
  const down = [{ fromNs: 6.1 * S, toNs: 6.5 * S }]
  const after = (endNs: number) => judge({ down, endNs }, '1s', { appliedNs: 6 * S })
  expect(after(7 * S)).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(
      /forward the recovery was not watched for long enough: 400ms .*, not sustained: 500ms without impairment before the end of the record, 1\.00s wanted/,
    ),
  })
  expect(after(7 * S).measures?.map(({ name }) => name)).not.toContain('full_convergence_time')
  expect(after(7.6 * S)).toMatchObject({ is: 'upheld' })
  expect(after(7.6 * S).measures?.map(({ name }) => name)).toContain('full_convergence_time')
})

test('a recovery that healing cuts short is told as not sustained, and the outage all the same', () => {
  const down = [{ fromNs: 8 * S, toNs: 8.5 * S }]
  expect(judge({ down }, '1s')).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('not sustained: 503ms without impairment before the next event, 1.00s wanted'),
  })
})
