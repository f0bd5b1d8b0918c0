import { expect, test } from 'vitest'
import type { FlowRecord } from '../events.ts'
import { death, MS, madeHistory, madeRecord, S, type Story, type Struck } from '../loss/made-history.ts'
import { type Floor, floorOf, leastOutageNs, tooShort } from './floor.ts'

const struck: Struck = { appliedNs: 6 * S, healingNs: 8 * S }
const floor = (record: FlowRecord) => floorOf(madeHistory([record], struck), record)
function known(story: Story): Floor {
  const found = floor(madeRecord(story))
  if (typeof found === 'string') throw new Error(found)
  return found
}

test('the control run is what came before the fault, and its floor what was seen there', () => {
  const record = madeRecord({
    stalled: [
      { fromNs: 2 * S, toNs: 2.05 * S },
      { fromNs: 7 * S, toNs: 7.9 * S },
    ],
    down: [
      { fromNs: 4 * S, toNs: 4.02 * S },
      { fromNs: 6.5 * S, toNs: 7 * S },
    ],
    delayed: [{ fromNs: 3 * S, toNs: 3.1 * S, delayNs: 9 * MS }],
  })
  expect(floor({ ...record, duplicates: 2, duplicateNs: [5 * S, 9 * S] })).toMatchObject({
    direction: 'forward',
    lengthNs: 6 * S - MS,
    longestGapNs: 56 * MS,
    lost: 5,
    duplicated: 1,
    reordered: 1,
    delay: { min: MS, p50: MS, p99: 9 * MS, max: 9 * MS },
  })
})

test('an outage is told from nothing where it is longer than any gap or loss of the control run', () => {
  expect(leastOutageNs(known({}))).toBe(4 * MS)
  expect(leastOutageNs(known({ stalled: [{ fromNs: 2 * S, toNs: 2.05 * S }] }))).toBe(56 * MS)
  expect(leastOutageNs(known({ down: [{ fromNs: 2 * S, toNs: 2.1 * S }] }))).toBe(104 * MS)
})

test('a run without a fault is its own control run', () => {
  const record = madeRecord({ stalled: [{ fromNs: 7 * S, toNs: 7.9 * S }] })
  expect(floorOf(madeHistory([record]), record)).toMatchObject({ lengthNs: 10 * S, longestGapNs: 904 * MS })
})

test('the gap in which a fault strikes is not of the control run', () => {
  expect(known({ stalled: [{ fromNs: 5.9 * S, toNs: 6.3 * S }] }).longestGapNs).toBe(4 * MS)
})

test('a flow that begins while a fault is in force has no control run, one that begins later has its own', () => {
  const late = (fromNs: number) => madeRecord({ stalled: [{ fromNs: 0, toNs: fromNs }] })
  expect(floor(late(7 * S))).toBe(`no control run: the flow began during ${death.name}`)
  expect(floor(late(9 * S))).toMatchObject({ lengthNs: 1 * S })
  expect(floor(madeRecord({ endNs: 0 }))).toBe('no control run: no probe was sent')
})

test('a control run of less than a second, or of few probes, cannot carry a claim', () => {
  expect(tooShort(known({}))).toBeUndefined()
  expect(tooShort(known({ stalled: [{ fromNs: 0, toNs: 5.4 * S }] }))).toBe(
    'control run of 0.60s and 150 probes is too short to know the noise floor; 1s and 20 are needed',
  )
  expect(tooShort(known({ gapNs: 500 * MS }))).toContain('and 12 probes is too short')
})
