import { expect, test } from 'vitest'
import { bothWays, MS, madeHistory, madeRecord, S, streamOf } from '../lab/loss/made-history.ts'
import { floorsOf, floorText, highest, lengthText } from './floors.ts'

const struck = { appliedNs: 6 * S, healingNs: 8 * S }
const stalled = (ms: number) => ({ stalled: [{ fromNs: 2 * S, toNs: 2 * S + ms * MS }] })

test('each direction has its floor, with the units in the names for machines', () => {
  const rows = floorsOf(madeHistory(bothWays(stalled(20)), struck).events)
  expect(rows.map(({ direction }) => direction)).toEqual(['forward', 'reverse'])
  expect(rows[0]?.figures).toEqual({
    control_run_ms: 5999,
    longest_gap_ms: 24,
    least_outage_ms: 24,
    lost_packets: 0,
    duplicated_packets: 0,
    reordered_packets: 0,
    one_way_delay_p99_ms: 1,
    one_way_delay_max_ms: 1,
  })
})

test('of a stream and of a whole run the worst holds for all', () => {
  const records = streamOf([{}, stalled(50), { down: [{ fromNs: 3 * S, toNs: 3.02 * S }] }])
  const rows = floorsOf(madeHistory(records, struck).events)
  expect(rows).toHaveLength(2)
  const control = highest(rows)
  expect(control && floorText(control)).toBe(
    'gaps up to 56.0ms, 5 lost, 0 duplicated, 0 reordered, one-way delay p99 1.0ms max 1.0ms',
  )
  expect(control && lengthText(control)).toBe('6.00s')
})

test('a control run below five seconds is called short', () => {
  const control = highest(floorsOf(madeHistory(bothWays(), { appliedNs: 2 * S }).events))
  expect(control && lengthText(control)).toBe('2.00s (short)')
})

test('a flow without a control run says why, and has no part in the floor of the run', () => {
  const late = madeRecord({ flow: 'late', stalled: [{ fromNs: 0, toNs: 7 * S }] })
  const rows = floorsOf(madeHistory([...bothWays(), late], struck).events)
  expect(rows.at(-1)).toMatchObject({ flow: 'late', because: expect.stringContaining('no control run'), figures: {} })
  expect(highest(rows)?.longestGapNs).toBe(4 * MS)
  expect(highest(rows.slice(-1))).toBeUndefined()
})
