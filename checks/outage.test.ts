import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
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
import { type Outage, outage } from './outage.ts'

const struck: Struck = { appliedNs: 3 * S, healingNs: 7 * S }
/** The network fails a ms after the fault and is back after 351 ms. */
const failover = [{ fromNs: 3001 * MS, toNs: 3353 * MS }]

function judge(story: Story, claim: Partial<Outage> = {}, fault: Struck | undefined = struck) {
  return outage({ of: users, during: death, atMost: '1s', ...claim }).judge(madeHistory(bothWays(story), fault))
}

test('an outage below the limit is upheld, with its length, bound and instants', () => {
  const direction = '352ms ± 4.0ms (88 lost in 1 period), first lost 2.0ms, recovered 354ms from the fault'
  const verdict = judge({ down: failover })
  expect(verdict).toMatchObject({
    is: 'upheld',
    measured: `outage of probe vpc-a-web-1 → internet during death of nat-gw-a-1: forward ${direction}; reverse ${direction}`,
  })
})

test('the measures say what was found and how exactly, by flow and direction', () => {
  const about = { flow: users.name, direction: 'forward' }
  const { measures = [] } = judge({ down: failover }, {}, { ...struck, widthNs: 2 * MS })
  expect(measures.filter(({ direction }) => direction === 'forward')).toEqual([
    { name: 'loss_of_connectivity_period', value: 352 * MS, unit: 'ns', resolution: 4 * MS, ...about },
    { name: 'connectivity_packet_loss', value: 88, unit: 'packets', ...about },
    { name: 'loss_periods', value: 1, unit: 'periods', ...about },
    { name: 'first_impaired_packet_instant', value: 1 * MS, unit: 'ns', resolution: 3 * MS, ...about },
    { name: 'recovery_instant', value: 353 * MS, unit: 'ns', resolution: 3 * MS, ...about },
    { name: 'full_convergence_time', value: 360 * MS, unit: 'ns', resolution: 11 * MS, ...about },
    { name: 'packet_sampling_interval', value: 10 * MS, unit: 'ns', ...about },
  ])
  expect(measures).toHaveLength(14)
})

test('an outage above the limit is broken, and the message says all of it', () => {
  const verdict = judge({ down: [{ fromNs: 3001 * MS, toNs: 6422 * MS }] }, { direction: 'forward' })
  expect(verdict).toMatchObject({ is: 'broken' })
  expect('because' in verdict && verdict.because).toBe(
    'outage of probe vpc-a-web-1 → internet during death of nat-gw-a-1 at most 1s, ' +
      'was forward 3.42s ± 4.0ms (855 lost in 1 period), first lost 2.0ms, recovered 3.42s from the fault, ' +
      'not sustained: 579ms without impairment before the next event, 1.00s wanted',
  )
  expect('evidence' in verdict && verdict.evidence?.map((event) => event.kind === 'fault' && event.phase)).toEqual([
    'planned',
    'applied',
    'healing',
    'healed',
  ])
})

test('an outage that ends sooner than claimed is broken, and undecided within its bound', () => {
  const down = [{ fromNs: 3001 * MS, toNs: 4000 * MS }]
  expect(judge({ down }, { atMost: '2s', atLeast: '990ms' }).is).toBe('upheld')
  expect(judge({ down }, { atMost: '2s', atLeast: '996ms' }).is).toBe('undecided')
  expect(judge({ down }, { atMost: '2s', atLeast: '1100ms' })).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('at least 1100ms and at most 2s, was forward'),
  })
  expect(judge({}, { atMost: '2s', atLeast: '1s' }).is).toBe('broken')
})

test('an outage within its bound of the limit is undecided on either side', () => {
  const down = [{ fromNs: 3001 * MS, toNs: 4000 * MS }]
  for (const atMost of ['993ms', '996ms', '999ms'] as const)
    expect(judge({ down }, { atMost }), atMost).toMatchObject({ is: 'undecided' })
  expect(judge({ down }, { atMost: '991ms' }).is).toBe('broken')
  expect(judge({ down }, { atMost: '1s' }).is).toBe('upheld')
})

test('one direction cut off breaks a claim on both, and only that direction is blamed', () => {
  const records = [madeRecord(), madeRecord({ direction: 'reverse', down: [{ fromNs: 3 * S, toNs: 6 * S }] })]
  const history = madeHistory(records, struck)
  const claim = { of: users, during: death, atMost: '1s' } as const
  const verdict = outage(claim).judge(history)
  expect(verdict).toMatchObject({ is: 'broken', because: expect.stringContaining('was reverse 3.00s ± 4.0ms') })
  expect('because' in verdict && verdict.because).not.toContain('forward')
  expect(outage({ ...claim, direction: 'forward' }).judge(history).is).toBe('upheld')
  expect(outage({ ...claim, direction: 'reverse' }).judge(history).is).toBe('broken')
})

test('several flows are judged each on its own', () => {
  const others = { name: 'probe vpc-b-web-1 → internet' }
  const records = [...bothWays(), ...bothWays({ flow: others.name, down: [{ fromNs: 3 * S, toNs: 6 * S }] })]
  const verdict = outage({ of: [users, others], during: death, atMost: '1s' }).judge(madeHistory(records, struck))
  expect(verdict).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(
      /^outage of probe vpc-a-web-1 → internet and probe vpc-b-web-1 → internet during .* was probe vpc-b-web-1 → internet forward 3\.00s/,
    ),
  })
})

test('twenty probes in the second before the fault are enough', () => {
  expect(judge({ gapNs: 50 * MS })).toMatchObject({ is: 'upheld', measured: expect.stringContaining('0ms ± 50.0ms') })
})

test('periods of one window add up', () => {
  const down = [1, 2, 3].map((i) => ({ fromNs: (2 + i) * S, toNs: (2.4 + i) * S }))
  expect(judge({ down }, { direction: 'forward' })).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('was forward 1.20s ± 12.0ms (300 lost in 3 periods)'),
  })
})

test('a flow that never comes back breaks the limit that it has outlasted, and leaves a longer one undecided', () => {
  const down = [{ fromNs: 6 * S, toNs: 99 * S }]
  expect(judge({ down }, { direction: 'forward' })).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('was forward at least 4.00s (1000 lost, not back when the record ends)'),
    measures: expect.arrayContaining([
      { name: 'loss_of_connectivity_period', value: 3996 * MS, unit: 'ns', flow: users.name, direction: 'forward' },
    ]),
  })
  expect(judge({ down }, { atMost: '30s' }).is).toBe('undecided')
})

test('an outage that outlasts its fault counts whole during it, and from the instant it let go after it', () => {
  const down = [{ fromNs: 3 * S, toNs: 7.5 * S }]
  const history = madeHistory(bothWays({ down }), { ...struck, letGoNs: 7.2 * S })
  const during = outage({ of: users, during: death, atMost: '4s', direction: 'forward' }).judge(history)
  const after = outage({ of: users, after: death, atMost: '100ms', direction: 'forward' }).judge(history)
  expect(during).toMatchObject({ is: 'broken', because: expect.stringContaining('4.50s ± 4.0ms') })
  expect(after).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(
      /after death of nat-gw-a-1 at most 100ms, was forward 299ms ± 4\.0ms .*recovered 298ms after the fault let go/,
    ),
  })
})

test('after a fault only what begins then counts', () => {
  const down = [...failover, { fromNs: 7.1 * S, toNs: 7.25 * S }]
  const verdict = outage({ of: users, after: death, atMost: '200ms' }).judge(madeHistory(bothWays({ down }), struck))
  expect(verdict).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('forward 152ms ± 4.0ms (38 lost in 1 period)'),
  })
})

test('without a fault the whole run is meant', () => {
  const history = madeHistory(bothWays({ down: [{ fromNs: 3 * S, toNs: 5 * S }] }))
  expect(outage({ of: users, atMost: '1s' }).judge(history).is).toBe('broken')
  expect(outage({ of: users, atMost: '3s' }).judge(history).is).toBe('upheld')
})

test('a packet that was on its way when the fault struck belongs to the fault', () => {
  const delayNs = 100 * MS
  const down = [{ fromNs: 2.95 * S, toNs: 3.5 * S }]
  expect(judge({ down, delayNs }, { direction: 'forward' })).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('548ms ±'),
  })
  expect(judge({ down, delayNs: MS }, { direction: 'forward' })).toMatchObject({ is: 'undecided' })
})

test('a stall of the sender makes the claim undecided that its bound no longer carries', () => {
  const down = [{ fromNs: 3.1 * S, toNs: 3.9 * S }]
  const stalled = [{ fromNs: 3.8 * S, toNs: 4.3 * S }]
  expect(judge({ down }).is).toBe('upheld')
  expect(judge({ down, stalled })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('bound wider than the claim needs: 950ms ± 254ms'),
  })
})

test('a stall without a loss is the outage that may hide in it', () => {
  const stalled = [{ fromNs: 4 * S, toNs: 5.5 * S }]
  expect(judge({ stalled })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('0ms ± 1.50s (none lost of 625)'),
  })
  expect(judge({ stalled }, { atMost: '2s' }).is).toBe('upheld')
})

test('a stall elsewhere is named where it may hide more', () => {
  const verdict = judge({ down: failover, stalled: [{ fromNs: 5 * S, toNs: 5.5 * S }] }, { direction: 'forward' })
  expect(verdict).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining("up to 860ms counting the sender's stalls"),
  })
})

test('a sender that fell silent during the fault leaves the claim undecided, one that was stopped does not', () => {
  const story = { endNs: 4.5 * S, down: failover }
  expect(judge(story)).toMatchObject({ is: 'undecided' })
  const history = madeHistory(bothWays(story), struck)
  const stopped = { kind: 'flow', flow: users.name, phase: 'stopped', from: 'a', to: 'b', ratePps: 250 } as const
  history.record('traffic', stopped, 6 * S)
  expect(outage({ of: users, during: death, atMost: '1s' }).judge(history).is).toBe('upheld')
})

test('further copies are no delivery', () => {
  const records = bothWays({ down: [{ fromNs: 3 * S, toNs: 5 * S }] }).map((record) => ({ ...record, duplicates: 500 }))
  expect(outage({ of: users, during: death, atMost: '1s' }).judge(madeHistory(records, struck)).is).toBe('broken')
})

test('the last record of a flow is the one that counts', () => {
  const history = madeHistory(
    [...bothWays({ down: [{ fromNs: 3 * S, toNs: 99 * S }] }), ...bothWays({ down: failover })],
    struck,
  )
  expect(outage({ of: users, during: death, atMost: '1s' }).judge(history).is).toBe('upheld')
})

test('a broken direction is broken, even if the other has no record', () => {
  const history = madeHistory([madeRecord({ down: [{ fromNs: 3 * S, toNs: 6 * S }] })], struck)
  expect(outage({ of: users, during: death, atMost: '1s' }).judge(history).is).toBe('broken')
})

test('a claim that cannot be is refused when it is written', () => {
  expect(() => outage({ of: users, during: death, after: death, atMost: '1s' })).toThrow(ScenarioError)
  expect(() => outage({ of: users, atMost: 'soon' as '1s' })).toThrow(ScenarioError)
})
