// Claims on a stream of several flows: each flow is judged, and the worst one told.

import { expect, test } from 'vitest'
import { death, MS, madeHistory, S, streamOf, users } from '../lab/loss/made-history.ts'
import { generatorKept } from './generator.ts'
import { impairment } from './impairment.ts'
import { outage } from './outage.ts'
import { path } from './path.ts'
import { source } from './source.ts'

const struck = { appliedNs: 3 * S, healingNs: 7 * S }
const down = (ms: number) => ({ down: [{ fromNs: 4 * S, toNs: 4 * S + ms * MS }] })
const stream = (...lengthsMs: number[]) => streamOf(lengthsMs.map((ms) => (ms === 0 ? {} : down(ms))))
const claim = outage({ of: users, during: death, atMost: '300ms' })

test('one flow of a stream that was cut off for too long breaks the claim, and is named', () => {
  const verdict = claim.judge(madeHistory(stream(100, 400, 200), struck))
  expect(verdict).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(
      /was forward 1 of 3 flows broken, worst #2 400ms ± 4\.0ms \(100 lost in 1 period\).*; min 100ms, median 200ms, max 400ms; reverse 1 of 3/,
    ),
  })
  const lengths = verdict.measures?.filter(({ name }) => name === 'loss_of_connectivity_period')
  expect(lengths?.map(({ flow, value }) => [flow?.slice(-2), value / MS])).toEqual([
    ['#1', 100],
    ['#2', 400],
    ['#3', 200],
    ['#1', 100],
    ['#2', 400],
    ['#3', 200],
  ])
})

test('a stream whose flows all hold is upheld in a line however many they are', () => {
  const verdict = claim.judge(madeHistory(stream(...Array.from({ length: 16 }, () => 100)), struck))
  expect(verdict).toMatchObject({ is: 'upheld', measured: expect.stringMatching(/forward 16 flows, worst #1 100ms/) })
  expect('measured' in verdict && verdict.measured?.length).toBeLessThan(500)
})

test('a flow of a stream that left no record leaves its claims undecided', () => {
  const history = madeHistory(stream(0, 0), struck)
  for (const flow of ['#1', '#2', '#3'].map((n) => `${users.name} ${n}`))
    history.record('traffic', {
      kind: 'flow',
      flow,
      of: users.name,
      phase: 'started',
      from: 'a',
      to: 'b',
      ratePps: 250,
    })
  for (const check of [claim, impairment({ of: users, is: 'none' })])
    expect(check.judge(history)).toMatchObject({
      is: 'undecided',
      because: expect.stringContaining('forward 1 of 3 flows undecided, worst #3 left no record'),
    })
})

test('one loss in one flow impairs the stream', () => {
  const verdict = impairment({ of: users, is: 'none' }).judge(madeHistory(stream(0, 4, 0), struck))
  expect(verdict).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/none, was forward 1 of 3 flows broken, worst #2 1 lost, .*max 1 impaired; reverse/),
  })
})

test('flows that took different gateways are counted by gateway', () => {
  const records = stream(0, 0, 0).map((record) => {
    const via = record.flow.endsWith('#2') ? 'nat-gw-a-2' : 'nat-gw-a-1'
    return { ...record, paths: [{ via, count: 9, firstNs: 0, lastNs: 10 * S }] }
  })
  expect(path({ of: users, via: 'nat-gw-a-1' }).judge(madeHistory(records))).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('was forward through nat-gw-a-2 (1 of 3 flows); reverse through'),
    measured: expect.stringContaining('forward through nat-gw-a-1 (2 of 3 flows)'),
  })
})

test('source addresses are counted over all flows', () => {
  const [first, ...others] = stream(0, 0)
  const foreign = { address: '203.0.113.99', count: 2500, firstNs: 0, lastNs: 10 * S }
  const history = madeHistory(first ? [{ ...first, sources: [foreign] }, ...others] : [])
  expect(source({ of: users, is: '203.0.113.17' }).judge(history)).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('203.0.113.99 in 2500 of 5000'),
  })
})

test('one flow of a stream that was not sent at its rate is enough to prove nothing', () => {
  const records = streamOf([{}, { stalled: [{ fromNs: 2 * S, toNs: 6 * S }] }, {}])
  expect(generatorKept.judge(madeHistory(records))).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(
      /generator of probe vpc-a-web-1 → internet forward 1 of 3 flows undecided, worst #2 sent 150 pps of 250 pps asked; min 150 pps, median 250 pps, max 250 pps/,
    ),
  })
})
