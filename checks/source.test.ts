import { expect, test } from 'vitest'
import type { FlowRecord } from '../lab/events.ts'
import { death, MS, madeHistory, madeRecord, S, users } from '../lab/loss/made-history.ts'
import { source } from './source.ts'

const struck = { appliedNs: 3 * S, healingNs: 7 * S }
const ours = '203.0.113.17'
const theirs = '203.0.113.33'

/** A flow that arrives from one address, then for a while from another, then from the first again. */
function changing(fromNs: number, toNs: number): FlowRecord {
  const record = madeRecord()
  const run = (address: string, first: number, end: number) => {
    const arrivals = record.outNs.filter((out) => out !== null && out >= first && out < end)
    return { address, count: arrivals.length, firstNs: arrivals[0] ?? 0, lastNs: arrivals.at(-1) ?? 0 }
  }
  return { ...record, sources: [run(ours, 0, fromNs), run(theirs, fromNs, toNs), run(ours, toNs, 99 * S)] }
}

test('one address all along is upheld, with the count of arrivals', () => {
  expect(source({ of: users, is: ours }).judge(madeHistory([madeRecord()]))).toMatchObject({
    is: 'upheld',
    measured: `source of probe vpc-a-web-1 → internet: ${ours} in 2500 of 2500`,
  })
})

test('any other address breaks it, and is named with its count', () => {
  const verdict = source({ of: users, is: theirs }).judge(madeHistory([madeRecord()]))
  expect(verdict).toMatchObject({
    is: 'broken',
    because: `source of probe vpc-a-web-1 → internet ${theirs}, was ${ours} in 2500 of 2500`,
  })
})

test('one arrival from elsewhere among thousands breaks it', () => {
  const verdict = source({ of: users, is: ours }).judge(madeHistory([changing(5 * S, 5 * S + 4 * MS)]))
  expect(verdict).toMatchObject({ is: 'broken', because: expect.stringContaining(`was ${theirs} in 1 of 2500`) })
})

test('a window takes only what arrives in it', () => {
  const history = madeHistory([changing(3 * S, 7 * S)], struck)
  const is = (claim: object, address: string) => source({ of: users, is: address, ...claim }).judge(history)
  expect(is({ during: death }, theirs)).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('1000 of 1000'),
  })
  const broken = is({ during: death }, ours)
  expect(broken.is).toBe('broken')
  expect('evidence' in broken && broken.evidence?.map((event) => event.kind === 'fault' && event.phase)).toContain(
    'applied',
  )
  expect(is({ after: death }, ours)).toMatchObject({ is: 'upheld', measured: expect.stringContaining('750 of 750') })
  expect(is({ after: death }, theirs).is).toBe('broken')
  expect(is({}, ours).is).toBe('broken')
})

test('addresses that take turns are each counted in the window', () => {
  const record = madeRecord()
  const sources = record.outNs.flatMap((out, i) =>
    out === null ? [] : [{ address: i % 4 === 0 ? theirs : ours, count: 1, firstNs: out, lastNs: out }],
  )
  const verdict = source({ of: users, during: death, is: ours }).judge(madeHistory([{ ...record, sources }], struck))
  expect(verdict).toMatchObject({ is: 'broken', because: expect.stringContaining(`was ${theirs} in 250 of 1000`) })
})

test('arrivals that overtook each other are counted by when they arrived', () => {
  const record = madeRecord({ gapNs: 1 * S })
  const outNs = record.outNs.toReversed()
  const history = madeHistory([{ ...record, outNs }], { ...struck, healingNs: 5 * S })
  const verdict = source({ of: users, during: death, is: ours }).judge(history)
  expect(verdict).toMatchObject({ is: 'upheld', measured: expect.stringContaining('in 2 of 2') })
})

test('the reverse direction has no say', () => {
  const reverse = { ...madeRecord({ direction: 'reverse' }), sources: [] }
  expect(source({ of: users, is: ours }).judge(madeHistory([madeRecord(), reverse])).is).toBe('upheld')
  expect(source({ of: users, is: ours }).judge(madeHistory([madeRecord({ direction: 'reverse' })])).is).toBe(
    'undecided',
  )
})

test('a record whose end is missing tells of no window that reaches it, unless another address is in it already', () => {
  const history = madeHistory([{ ...madeRecord(), overdue: 50 }], struck)
  expect(source({ of: users, is: ours }).judge(history)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('50 probes were missing at the end and may yet pass'),
  })
  expect(source({ of: users, after: death, is: ours }).judge(history).is).toBe('undecided')
  expect(source({ of: users, during: death, is: ours }).judge(history).is).toBe('upheld')
  expect(source({ of: users, is: theirs }).judge(history).is).toBe('broken')
})

test.each([
  ['no record', madeHistory([], struck), { during: death }, 'left no record'],
  [
    'no arrival in the window',
    madeHistory([madeRecord({ down: [{ fromNs: 2.9 * S, toNs: 8 * S }] })], struck),
    { during: death },
    'saw 0 probes arrive',
  ],
  ['no fault', madeHistory([madeRecord()]), { during: death }, 'death of nat-gw-a-1 was never applied'],
  ['no heal', madeHistory([madeRecord()], { appliedNs: S }), { after: death }, 'death of nat-gw-a-1 was never healed'],
])('%s leaves it undecided', (_, history, when, because) => {
  const verdict = source({ of: users, is: ours, ...when }).judge(history)
  expect(verdict).toMatchObject({ is: 'undecided', because: expect.stringMatching(new RegExp(`${ours}, ${because}$`)) })
})
