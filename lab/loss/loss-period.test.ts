import { expect, test } from 'vitest'
import { lengthOf, lossPeriods, tail } from './loss-period.ts'
import { MS, madeRecord, S } from './made-history.ts'

const always = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }

test('a period runs from its first lost probe to its last, with the probes that passed around it as bounds', () => {
  const record = madeRecord({ down: [{ fromNs: 1001 * MS, toNs: 1350 * MS }] })
  expect(lossPeriods(record, always)).toEqual([
    {
      lost: 87,
      begins: { fromNs: 1000 * MS, toNs: 1004 * MS },
      ends: { fromNs: 1348 * MS, toNs: 1352 * MS },
      sent: { fromNs: 1004 * MS, toNs: 1348 * MS },
      widestGapNs: 4 * MS,
    },
  ])
})

test('the midpoint estimate and its bound hold the truth', () => {
  const [period] = lossPeriods(madeRecord({ down: [{ fromNs: 1001 * MS, toNs: 1350 * MS }] }), always)
  expect(period && lengthOf(period)).toEqual({ estimateNs: 348 * MS, boundNs: 4 * MS })
})

test('one lost probe is a period', () => {
  const [period] = lossPeriods(madeRecord({ down: [{ fromNs: 1000 * MS, toNs: 1001 * MS }] }), always)
  expect(period).toMatchObject({ lost: 1, begins: { fromNs: 996 * MS }, ends: { toNs: 1004 * MS }, widestGapNs: 0 })
})

test('a hole in the numbers is no loss, but widens what is known of the edge', () => {
  const hole = { fromNs: 900 * MS, toNs: 1000 * MS }
  const [period, ...more] = lossPeriods(
    madeRecord({ down: [{ fromNs: 1000 * MS, toNs: 1200 * MS }], refused: [hole] }),
    always,
  )
  expect(more).toEqual([])
  expect(period).toMatchObject({ lost: 50, begins: { fromNs: 896 * MS, toNs: 1000 * MS } })
})

test('a window takes the periods whose first loss lies in it, and those whole', () => {
  const record = madeRecord({
    down: [
      { fromNs: 1 * S, toNs: 2 * S },
      { fromNs: 3 * S, toNs: 4 * S },
      { fromNs: 5 * S, toNs: 6 * S },
    ],
  })
  const begin = (window: { fromNs: number; toNs: number }) =>
    lossPeriods(record, window).map(({ begins }) => begins.toNs)
  expect(begin({ fromNs: 1.5 * S, toNs: 3.5 * S })).toEqual([3 * S])
  expect(begin({ fromNs: 1 * S, toNs: 3 * S })).toEqual([1 * S])
  expect(begin(always)).toEqual([1 * S, 3 * S, 5 * S])
})

test('a period without a passed probe before or after it has no known length', () => {
  const down = madeRecord({ endNs: S, down: [{ fromNs: 0, toNs: 2 * S }] })
  const [period] = lossPeriods(down, always)
  expect(period?.begins).toEqual({ fromNs: Number.NEGATIVE_INFINITY, toNs: 0 })
  expect(period?.ends).toEqual({ fromNs: 996 * MS, toNs: Number.POSITIVE_INFINITY })
  expect(period && lengthOf(period)).toEqual({
    estimateNs: Number.POSITIVE_INFINITY,
    boundNs: Number.POSITIVE_INFINITY,
  })
})

test('the tail of a period counts what is lost from an instant on', () => {
  const record = madeRecord({ down: [{ fromNs: 1 * S, toNs: 3 * S }] })
  const [period] = lossPeriods(record, always)
  if (!period) throw new Error('no period')
  const rest = tail(period, { fromNs: 2 * S, toNs: 2 * S }, record)
  expect(rest.lost).toBe(250)
  expect(lengthOf(rest)).toEqual({ estimateNs: 998 * MS, boundNs: 2 * MS })
})
