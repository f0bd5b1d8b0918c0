import { expect, test } from 'vitest'
import { flowRecord } from './flow-record.ts'
import { arrived, entered, find, newTrack, passed, type Track } from './track.ts'

const MS = 1e6
const labels = {
  flow: 'probe a → b',
  direction: 'forward' as const,
  gapNs: MS,
  addresses: ['192.0.2.1', '192.0.2.2'],
  nodes: ['gw-1', 'gw-2'],
}

/** A sender whose clock reads a us per number, from `startUs` on. */
const enter = (track: Track, number: number, atNs: number, startUs = 0) =>
  entered(track, number, startUs + number, atNs)

/** It arrives, handed on by the node of this index. */
function arrive(track: Track, number: number, atNs: number, { source = 1, via = 0, startUs = 0 } = {}): number {
  const slot = find(track, number, startUs + number)
  if (slot < 0) return slot
  track.via[slot] = via
  arrived(track, slot, atNs, source)
  return slot
}

test('what entered and arrived passed, what only entered is lost', () => {
  const track = newTrack(2000 * MS)
  for (const number of [1, 2, 3]) enter(track, number, number * MS)
  arrive(track, 1, 1.5 * MS)
  arrive(track, 3, 3.5 * MS)
  expect(flowRecord(track, labels)).toMatchObject({
    flow: 'probe a → b',
    direction: 'forward',
    gapNs: MS,
    numbers: [1, 2, 3],
    inNs: [1 * MS, 2 * MS, 3 * MS],
    outNs: [1.5 * MS, null, 3.5 * MS],
    duplicates: 0,
  })
})

test('a number that never entered is a hole, not a loss', () => {
  const track = newTrack(2000 * MS)
  for (const number of [5, 6, 9]) enter(track, number, number * MS)
  for (const number of [5, 6, 9]) arrive(track, number, number * MS + 1)
  const { numbers, outNs } = flowRecord(track, labels)
  expect(numbers).toEqual([5, 6, 9])
  expect(outNs).not.toContain(null)
})

test('an arrival past the forwarding delay threshold is a loss, one at it is none', () => {
  const track = newTrack(2000 * MS)
  for (const number of [1, 2]) enter(track, number, 0)
  arrive(track, 1, 2000 * MS)
  const late = arrive(track, 2, 2000 * MS + 1)
  expect(passed(track, late)).toBe(false)
  expect(flowRecord(track, labels)).toMatchObject({ outNs: [2000 * MS, null], lateInNs: [0] })
  expect(track.newestPassed).toBe(0)
})

test('a further copy is a duplicate and leaves the first arrival as it is', () => {
  const track = newTrack(2000 * MS)
  enter(track, 1, 0)
  for (const ns of [5, 6, 7]) arrive(track, 1, ns)
  expect(flowRecord(track, labels)).toMatchObject({ outNs: [5], duplicates: 2, duplicateNs: [6, 7] })
})

test('a probe that passes its sender once more changes nothing', () => {
  const track = newTrack(2000 * MS)
  enter(track, 1, 10)
  enter(track, 1, 99)
  expect(flowRecord(track, labels)).toMatchObject({ numbers: [1], inNs: [10] })
})

test('what never entered is not found, nor is a number with another send time', () => {
  const track = newTrack(2000 * MS)
  enter(track, 1, 0)
  expect(find(track, 2, 2)).toBe(-1)
  expect(find(track, 1, 2)).toBe(-1)
  expect(find(track, 0, 0)).toBe(-1)
  expect(find(track, 1, 1)).toBe(0)
})

test('a sender that begins anew carries on where it was, without a hole', () => {
  const track = newTrack(2000 * MS)
  for (const number of [1, 2, 3]) enter(track, number, number * MS)
  for (const number of [1, 2]) enter(track, number, (10 + number) * MS, 1000)
  arrive(track, 2, 2.5 * MS)
  arrive(track, 2, 12.5 * MS, { startUs: 1000 })
  expect(flowRecord(track, labels)).toMatchObject({
    numbers: [1, 2, 3, 4, 5],
    outNs: [null, 2.5 * MS, null, null, 12.5 * MS],
    duplicates: 0,
  })
})

test('a sender that dies after its first probe begins anew with the same number', () => {
  const track = newTrack(2000 * MS)
  enter(track, 1, 0)
  enter(track, 1, 10, 1000)
  expect(flowRecord(track, labels)).toMatchObject({ numbers: [1, 2], inNs: [0, 10] })
})

test('two probes that enter in the wrong order are no new beginning', () => {
  const track = newTrack(2000 * MS)
  for (const number of [1, 3, 2, 4]) enter(track, number, number * MS)
  expect(flowRecord(track, labels).numbers).toEqual([1, 2, 3, 4])
  expect(track.runs).toHaveLength(1)
})

test('a leap that no sender makes is not followed', () => {
  const track = newTrack(2000 * MS)
  enter(track, 1, 0)
  enter(track, 2 ** 48, 1)
  enter(track, 2, 2)
  expect(flowRecord(track, labels).numbers).toEqual([1, 2])
})

test('a track grows past its first room and forgets nothing', () => {
  const track = newTrack(2000 * MS, 2)
  const numbers = Array.from({ length: 1000 }, (_, i) => i + 1)
  for (const number of numbers) enter(track, number, number)
  for (const number of numbers) arrive(track, number, number + 0.5)
  const record = flowRecord(track, labels)
  expect(record.numbers).toEqual(numbers)
  expect(record.outNs).toEqual(numbers.map((number) => number + 0.5))
  expect(record.sources).toEqual([{ address: '192.0.2.1', count: 1000, firstNs: 1.5, lastNs: 1000.5 }])
})

test('sources and paths come in unbroken runs, by the order of arrival', () => {
  const track = newTrack(2000 * MS)
  for (let number = 1; number <= 6; number++) enter(track, number, number)
  const via = (source: number, way: number) => ({ source, via: way })
  arrive(track, 1, 10, via(1, 1))
  arrive(track, 3, 11, via(1, 1))
  arrive(track, 2, 12, via(2, 2))
  arrive(track, 4, 13, via(2, 0))
  arrive(track, 5, 14, via(1, 1))
  const record = flowRecord(track, labels)
  expect(record.sources).toEqual([
    { address: '192.0.2.1', count: 2, firstNs: 10, lastNs: 11 },
    { address: '192.0.2.2', count: 2, firstNs: 12, lastNs: 13 },
    { address: '192.0.2.1', count: 1, firstNs: 14, lastNs: 14 },
  ])
  expect(record.paths).toEqual([
    { via: 'gw-1', count: 2, firstNs: 10, lastNs: 11 },
    { via: 'gw-2', count: 1, firstNs: 12, lastNs: 12 },
    { via: 'gw-1', count: 1, firstNs: 14, lastNs: 14 },
  ])
})

test('a record of what entered before an instant leaves the rest out', () => {
  const track = newTrack(2000 * MS)
  for (const number of [1, 2, 3]) enter(track, number, number)
  expect(flowRecord(track, labels, { beforeNs: 3 }).numbers).toEqual([1, 2])
})
