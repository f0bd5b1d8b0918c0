import { expect, test } from 'vitest'
import { MS, madeRecord, S } from '../loss/made-history.ts'
import { countsIn, impairedOf, packetsIn, reorderedOf } from './packets.ts'

const always = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
const window = { fromNs: 2 * S, toNs: 4 * S }

test('what is counted entered in the window, and copies arrived in it', () => {
  const down = [1.5, 3, 5].map((s) => ({ fromNs: s * S, toNs: s * S + 8 * MS }))
  const record = {
    ...madeRecord({ down }),
    duplicates: 3,
    duplicateNs: [1 * S, 2 * S, 4 * S],
    lateInNs: [3 * S, 5 * S],
  }
  expect(countsIn(record, window)).toEqual({ sent: 500, lost: 2, late: 1, duplicated: 1, reordered: 0 })
  expect(countsIn(record, always)).toMatchObject({ sent: 2500, lost: 6, late: 2, duplicated: 3 })
  expect(impairedOf(countsIn(record, always))).toBe(9)
})

test('copies of which nobody knows when they arrived belong to the whole run, and to no part of it', () => {
  const { duplicateNs: _, ...record } = { ...madeRecord(), duplicates: 2 }
  expect(countsIn(record, always).duplicated).toBe(2)
  expect(countsIn(record, window).duplicated).toBeUndefined()
  expect(countsIn(record, { ...always, toNs: 4 * S }).duplicated).toBeUndefined()
})

test('a packet that others overtake is reordered, those that overtake it are not', () => {
  const packet = (number: number, outNs: number) => ({ number, inNs: number, outNs })
  const numbers = (arrivals: ReturnType<typeof packet>[]) => reorderedOf(arrivals).map(({ number }) => number)
  expect(numbers([packet(1, 1), packet(2, 9), packet(3, 3), packet(4, 4)])).toEqual([2])
  expect(numbers([packet(1, 9), packet(2, 8), packet(3, 7)])).toEqual([2, 1])
  expect(numbers([packet(1, 1), packet(5, 2), packet(7, 3)])).toEqual([])
})

test('a packet lost is in no order', () => {
  const record = madeRecord({ down: [{ fromNs: 3 * S, toNs: 3.5 * S }] })
  expect(packetsIn(record, window).filter(({ outNs }) => outNs === null)).toHaveLength(125)
  expect(countsIn(record, window).reordered).toBe(0)
})
