import { expect, test } from 'vitest'
import type { FlowRecord } from '../lab/events.ts'
import { bothWays, death, MS, madeHistory, madeRecord, S, type Story, users } from '../lab/loss/made-history.ts'
import { impairment } from './impairment.ts'

const struck = { appliedNs: 3 * S, healingNs: 7 * S }
const none = impairment({ of: users, is: 'none' })
const judge = (records: readonly FlowRecord[], check = none) => check.judge(madeHistory(records, struck))

/** The forward record with some of it changed, and an untouched reverse. */
const forward = (change: (record: FlowRecord) => Partial<FlowRecord>, story: Story = {}) => {
  const record = madeRecord(story)
  return [{ ...record, ...change(record) }, madeRecord({ direction: 'reverse' })]
}

/** Arrival times in which the probe at `index` is overtaken by the next `places`. */
const overtaken = ({ outNs }: FlowRecord, index: number, places: number) =>
  outNs.map((out, i) => (i === index ? (outNs[index + places] ?? 0) + 1 : out))

test('a flow that nothing happened to is unimpaired, and its delay is told', () => {
  const verdict = judge(bothWays())
  const direction = '0 lost, 0 duplicated, 0 reordered of 2500, one-way delay p50 1.0ms p99 1.0ms'
  expect(verdict).toMatchObject({
    is: 'upheld',
    measured: `impairment of probe vpc-a-web-1 → internet: forward ${direction}; reverse ${direction}`,
  })
  expect(verdict.measures?.filter(({ direction }) => direction === 'forward').map(({ name }) => name)).toEqual([
    ...['lost', 'excess_forwarding_delay', 'duplicated', 'reordered', 'impaired'],
    ...['min', 'p50', 'p99', 'max'].map((share) => `one_way_delay_${share}`),
    ...['ipdv_min', 'ipdv_max', 'ipdv_abs_p99'],
  ])
})

test('delay is measured by its quantiles and not judged', () => {
  const slow = forward(({ inNs }) => ({ outNs: inNs.map((ns, i) => ns + (i % 50 === 0 ? 900 : 2) * MS) }), {
    gapNs: 1 * S,
    endNs: 100 * S,
  })
  const verdict = none.judge(madeHistory(slow))
  const of = (name: string) =>
    verdict.measures?.find((measure) => measure.name === name && measure.direction === 'forward')
  expect(of('one_way_delay_p50')).toMatchObject({ value: 2 * MS, unit: 'ns' })
  expect(of('one_way_delay_p99')).toMatchObject({ value: 900 * MS, unit: 'ns' })
  expect(verdict.is).toBe('upheld')
})

test.each<[string, readonly FlowRecord[], string]>([
  [
    'one lost probe',
    bothWays({ down: [{ fromNs: 4 * S, toNs: 4 * S + 1 }] }),
    'forward 1 lost, 0 duplicated, 0 reordered of 2500',
  ],
  ['one copy', forward(() => ({ duplicates: 1, duplicateNs: [4 * S] })), 'forward 0 lost, 1 duplicated, 0 reordered'],
  ['a copy of unknown time', forward(() => ({ duplicates: 1 })), 'forward 0 lost, 1 duplicated, 0 reordered'],
  [
    'one probe overtaken by three',
    forward((record) => ({ outNs: overtaken(record, 1000, 3) })),
    'forward 0 lost, 0 duplicated, 1 reordered',
  ],
])('%s is an impairment', (_, records, because) => {
  expect(judge(records)).toMatchObject({
    is: 'broken',
    because: expect.stringContaining(`impairment of probe vpc-a-web-1 → internet none, was ${because}`),
  })
})

test('an impairment in one direction is told of that direction alone', () => {
  const verdict = judge([madeRecord(), madeRecord({ direction: 'reverse', down: [{ fromNs: 4 * S, toNs: 5 * S }] })])
  expect(verdict).toMatchObject({ is: 'broken', because: expect.stringContaining('was reverse 250 lost') })
})

test('a window takes only what entered in it', () => {
  const clean = bothWays()
  const within = bothWays({ down: [{ fromNs: 4 * S, toNs: 5 * S }] })
  const later = bothWays({ down: [{ fromNs: 8 * S, toNs: 9 * S }] })
  const verdicts = ([when]: readonly { during?: typeof death; after?: typeof death }[]) =>
    [clean, within, later].map((records) => judge(records, impairment({ of: users, is: 'none', ...when })).is)
  expect(verdicts([{ during: death }])).toEqual(['upheld', 'broken', 'upheld'])
  expect(verdicts([{ after: death }])).toEqual(['upheld', 'upheld', 'broken'])
})

test('a copy counts in the window that it arrived in, and leaves it undecided when nobody knows which', () => {
  const during = impairment({ of: users, is: 'none', during: death })
  const copied = (ns: number) =>
    judge(
      forward(() => ({ duplicates: 1, duplicateNs: [ns] })),
      during,
    )
  expect(copied(4 * S).is).toBe('broken')
  expect(copied(8 * S).is).toBe('upheld')
  const { duplicateNs: _, ...unknown } = madeRecord()
  expect(judge([{ ...unknown, duplicates: 1 }, madeRecord({ direction: 'reverse' })], during)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('forward 1 duplicated, nobody knows when'),
  })
})

test('numbers that never reached the wire are no loss, but more than one in a hundred of them are no evidence', () => {
  const hole = (ms: number) => bothWays({ refused: [{ fromNs: 4 * S, toNs: 4 * S + ms * MS }] })
  expect(judge(hole(100)).is).toBe('upheld')
  expect(judge(hole(104))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('26 of 2500 probes never reached the wire'),
  })
})

test('a loss is a loss however many numbers are missing', () => {
  const story = { refused: [{ fromNs: 4 * S, toNs: 6 * S }], down: [{ fromNs: 8 * S, toNs: 8.1 * S }] }
  expect(judge(bothWays(story)).is).toBe('broken')
})

test.each<[string, readonly FlowRecord[], string]>([
  ['no record', [], 'forward left no record; reverse left no record'],
  ['no probe', bothWays({ endNs: 0 }), 'forward saw 0 probes; reverse saw 0 probes'],
])('%s leaves it undecided', (_, records, because) => {
  expect(judge(records)).toEqual({
    is: 'undecided',
    because: `impairment of probe vpc-a-web-1 → internet none, ${because}`,
    measured: `impairment of probe vpc-a-web-1 → internet: ${because}`,
    measures: [],
    evidence: [],
  })
})

test('a fault that was never applied leaves it undecided', () => {
  const check = impairment({ of: users, is: 'none', during: death })
  expect(check.judge(madeHistory(bothWays()))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('death of nat-gw-a-1 was never applied'),
  })
})
