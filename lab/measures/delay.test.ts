import { expect, test } from 'vitest'
import { MS, madeRecord, S } from '../loss/made-history.ts'
import { ipdv, oneWayDelay } from './delay.ts'
import { lossDistance } from './loss-distance.ts'
import { packetsIn } from './packets.ts'

const always = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
const packet = (inNs: number, outNs: number | null) => ({ number: inNs, inNs, outNs })

test('delay is that of what arrived, and undefined for what was lost', () => {
  const record = madeRecord({
    delayed: [{ fromNs: 5 * S, toNs: 5.2 * S, delayNs: 40 * MS }],
    down: [{ fromNs: 1 * S, toNs: 2 * S }],
  })
  expect(oneWayDelay(packetsIn(record, always))).toEqual({
    count: 2250,
    min: MS,
    p50: MS,
    p99: 40 * MS,
    max: 40 * MS,
  })
  expect(oneWayDelay([packet(0, null)])).toBeUndefined()
})

test('delay variation is between packets sent one after the other, where both arrived', () => {
  expect(ipdv([[packet(0, 10), packet(10, 25), packet(20, 30)]])).toEqual({ min: -5, max: 5, absP99: 5 })
  expect(ipdv([[packet(0, 10), packet(10, null), packet(20, 90)]])).toBeUndefined()
  expect(ipdv([[packet(0, 10)], [packet(4, 90)]])).toBeUndefined()
})

test('a constant delay has no variation, however long it is', () => {
  expect(ipdv([packetsIn(madeRecord({ delayNs: 70 * MS }), always)])).toEqual({ min: 0, max: 0, absP99: 0 })
})

test('loss distance is 1 within a loss period, and tells how far apart periods are', () => {
  const down = [1, 3].map((s) => ({ fromNs: s * S, toNs: s * S + 12 * MS }))
  expect(lossDistance(packetsIn(madeRecord({ down }), always))).toMatchObject({ count: 5, min: 1, p50: 1, max: 498 })
  expect(lossDistance([packet(0, null), packet(1, 2)])).toBeUndefined()
})

test('a number that the sender skipped is no packet of the stream', () => {
  const record = madeRecord({
    down: [
      { fromNs: 1 * S, toNs: 1 * S + 4 * MS },
      { fromNs: 2 * S, toNs: 2 * S + 4 * MS },
    ],
    refused: [{ fromNs: 1.2 * S, toNs: 1.4 * S }],
  })
  expect(lossDistance(packetsIn(record, always))).toMatchObject({ count: 1, max: 200 })
})
