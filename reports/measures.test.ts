import { expect, test } from 'vitest'
import type { Event, FlowRecord } from '../lab/events.ts'
import { connectivityIn, instants } from '../lab/loss/connectivity.ts'
import { stretchOf } from '../lab/loss/stretch.ts'
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
  expect(during).toMatchObject({ sent: 400, lost: 400, outage: { ns: 400 * MS } })
  expect(after).toMatchObject({ lost: 90, periods: 1 })
  // At the sender's link it let go a µs earlier, at the earliest: that is how long a probe takes.
  expect(after?.outage?.ns).toBe(89.5005 * MS)
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
    `during ${FAULT}, before rain`,
    `during ${FAULT} and rain`,
    `during ${FAULT}, after rain`,
    `after ${FAULT}`,
  ])
})

test('an outage without an end is told as long as it was seen, and without a recovery', () => {
  const [, after] = judge([700, 1000])
  expect(after?.outage).toEqual({ ns: 299 * MS, boundNs: 0, open: true })
  expect(after?.impaired?.ns).toBe(189.5 * MS)
  expect(after?.recovered).toEqual({ ns: 489 * MS, boundNs: 0, open: true })
})

/** The sender sends nothing from 320 to 360 ms. */
function stalled(...losses: [number, number][]): FlowRecord {
  const { numbers, inNs, outNs, ...rest } = record(1000, ...losses)
  const sent = (_: unknown, i: number) => i < 320 || i >= 360
  return { ...rest, numbers: numbers.filter(sent), inNs: inNs.filter(sent), outNs: outNs.filter(sent) }
}

test("the highest value counts what the sender's stalls may hide", () => {
  const [during] = measures([...strike, event(1000, stalled([200, 250]))])
  expect(during?.outage).toEqual({ ns: 50 * MS, boundNs: MS, open: false, highNs: 92 * MS })
})

test.each([
  ['a loss within the fault', [[150, 300]]],
  ['a loss that outlasts the fault', [[150, 700]]],
  [
    'losses on either side',
    [
      [105, 107],
      [300, 330],
      [600, 650],
    ],
  ],
  ['nothing', []],
] as [string, [number, number][]][])('a row has the numbers of a claim on its phase: %s', (_, losses) => {
  const seen = stalled(...losses)
  const events = [...strike, event(1000, seen)]
  for (const when of [{ during: { name: FAULT } }, { after: { name: FAULT } }]) {
    const stretch = stretchOf({ events }, seen, when)
    if (typeof stretch === 'string') throw new Error(stretch)
    const claimed = connectivityIn({ events }, seen, stretch)
    const { firstImpaired, recovery } = instants(claimed, stretch)
    const row = measures(events).find(({ phase: name }) => name === `${Object.keys(when)[0]} ${FAULT}`)
    expect(row).toMatchObject({ sent: claimed.probes, lost: claimed.lost, periods: claimed.periods.length })
    expect([row?.impaired?.ns, row?.recovered?.ns]).toEqual([firstImpaired?.estimateNs, recovery?.estimateNs])
    if (claimed.periods.length === 0) expect(row?.outage).toBeUndefined()
    else expect(row?.outage).toMatchObject({ ns: claimed.outageNs, boundNs: claimed.boundNs })
  }
})

test('what claims were judged by is told, and not what happened while the lab ended', () => {
  const verdict = event(900, { kind: 'verdict', claim: 'x', is: 'upheld', measured: '' })
  const until = (ms: number, losses: [number, number]) => event(ms, record(ms, losses))
  const rows = measures([...strike, until(900, [200, 210]), verdict, until(1000, [950, 1000])])
  expect(rows).toMatchObject([
    { phase: `during ${FAULT}`, lost: 10 },
    { phase: `after ${FAULT}`, lost: 0, sent: 400 },
  ])
})

test('what began only after the claims were judged is told by the last records', () => {
  const verdict = event(400, { kind: 'verdict', claim: 'x', is: 'upheld', measured: '' })
  const [applied, ...heal] = strike
  if (!applied) throw new Error('no strike')
  const rows = measures([applied, event(400, record(400)), verdict, ...heal, event(1000, record(1000, [600, 610]))])
  expect(rows).toMatchObject([
    { phase: `during ${FAULT}`, sent: 300 },
    { phase: `after ${FAULT}`, sent: 500, lost: 10 },
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
