import { expect, test } from 'vitest'
import type { Event, FlowRecord } from '../lab/events.ts'
import { lossPeriods, spanOf } from './loss.ts'
import { measures } from './measures.ts'
import { natFailover } from './testing/nat-failover.ts'

const MS = 1e6
const FAULT = 'silence of nat-gw-a-1:eth1'

/** A probe each ms from 0 to `count`; those that enter the wire within one of `losses` (ms) are lost. */
function record(count: number, ...losses: [from: number, to: number][]): FlowRecord {
  const numbers = Array.from({ length: count }, (_, i) => i)
  const isLost = (ms: number) => losses.some(([from, to]) => ms >= from && ms < to)
  return {
    kind: 'flow-record',
    flow: 'users',
    direction: 'forward',
    gapNs: MS,
    numbers,
    inNs: numbers.map((i) => i * MS),
    outNs: numbers.map((i) => (isLost(i) ? null : i * MS + 1000)),
    duplicates: 0,
    sources: [],
    paths: [],
  }
}

const event = (ms: number, body: object) => ({ atNs: ms * MS, source: 'test', ...body }) as Event
const phase = (ms: number, name: string, fault = FAULT) =>
  event(ms, { kind: 'fault', fault, phase: name, targets: [], bracket: { fromNs: ms * MS, toNs: ms * MS } })
const strike = [phase(100, 'applied'), phase(500, 'healing'), phase(510, 'healed')]
const judge = (...losses: [number, number][]) => measures([...strike, event(1000, record(1000, ...losses))])

test('a loss lasts from between the last that passed to between the last that was lost and the next', () => {
  const [period] = lossPeriods(record(1000, [200, 300]))
  expect(period).toMatchObject({ lost: 100, began: { fromNs: 199 * MS, toNs: 200 * MS }, open: false })
  expect(period && spanOf(period)).toEqual({ ns: 100 * MS, boundNs: MS, open: false })
})

test('a loss that nothing follows is open', () => {
  expect(lossPeriods(record(10, [8, 10]))).toMatchObject([{ lost: 2, open: true }])
})

test('a flow that lost nothing has rows without an outage', () => {
  expect(judge().map(({ phase: name, sent, outage }) => [name, sent, outage])).toEqual([
    [`during ${FAULT}`, 400, undefined],
    [`after ${FAULT}`, 500, undefined],
  ])
})

test('an outage is the sum of the loss periods that began in its phase', () => {
  const [during, after] = judge([100, 150], [300, 330], [700, 705])
  expect(during).toMatchObject({ periods: 2, lost: 80, outage: { ns: 80 * MS, boundNs: 2 * MS } })
  expect(during?.impaired?.ns).toBe(-0.5 * MS)
  expect(during?.recovered?.ns).toBe(229.5 * MS)
  expect(after).toMatchObject({ periods: 1, lost: 5, outage: { ns: 5 * MS } })
})

test('what a heal inherits counts from the instant that the fault let go', () => {
  const [during, after] = judge([200, 600])
  expect(during).toMatchObject({ lost: 300, outage: { ns: 400 * MS } })
  expect(after).toMatchObject({ lost: 100, periods: 1 })
  expect(after?.outage?.ns).toBe(89.5 * MS)
  expect(after?.impaired).toBeUndefined()
})

test('a loss before the first fault is told, a quiet time before it is not', () => {
  expect(judge([50, 52]).map(({ phase: name }) => name)).toContain('before')
  expect(judge().map(({ phase: name }) => name)).not.toContain('before')
})

test('two faults at once have a phase of their own', () => {
  const other = [phase(200, 'applied', 'rain'), phase(300, 'healing', 'rain'), phase(301, 'healed', 'rain')]
  const rows = measures([...strike, ...other, event(1000, record(1000))])
  expect(rows.map(({ phase: name }) => name)).toEqual([
    `during ${FAULT}`,
    `during ${FAULT} and rain`,
    `during ${FAULT}`,
    `after ${FAULT}`,
  ])
})

test('the last record of a flow and direction stands', () => {
  const rows = measures([event(500, record(500, [10, 20])), event(1000, record(1000))])
  expect(rows).toMatchObject([{ phase: 'before', sent: 1000, lost: 0 }])
})

test('a made-up failover is measured as it was made', () => {
  const [during] = measures(natFailover({ outageMs: 351 }).events)
  expect(during).toMatchObject({ flow: 'probe vpc-a-web-1 → internet', phase: 'during death of nat-gw-a-1' })
  const { ns = 0, boundNs = 0 } = during?.outage ?? {}
  expect(Math.abs(ns - 350.8 * MS)).toBeLessThanOrEqual(boundNs)
})
