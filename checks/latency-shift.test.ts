import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { madeRequests, web } from '../lab/traffic/made-traffic.ts'
import { latencyShift } from './latency-shift.ts'

const MS = 1e6
/** 2 ms before the fault, which is from 5 s to 8 s, and this much while it is in force. */
const judge = (ms: number, within: `${number}ms` = '10ms') => {
  const second = { latencyNs: Array(100).fill(ms * MS) }
  return latencyShift({ of: web, during: death, by: '200ms', within }).judge(
    madeRequests({ 5: second, 6: second, 7: second }),
  )
}

test('answers take as much longer as was asked: less is broken, and so is more', () => {
  expect(judge(202)).toMatchObject({
    is: 'upheld',
    measured: expect.stringMatching(/\(median 2\.0ms before, 20\dms during\)$/),
    measures: [{ name: 'response_time_shift', flow: web.name }],
  })
  expect([2, 180, 230, 400].map((ms) => judge(ms).is)).toEqual(['broken', 'broken', 'broken', 'broken'])
})

test('what lies inside the bucket of the median is not decided', () => {
  expect(judge(204, '2ms').is).toBe('undecided')
})

test('without an answer nothing shifts', () => {
  const none = { latencyNs: [], errors: { timeout: 9 } }
  const check = latencyShift({ of: web, during: death, by: '200ms', within: '10ms' })
  expect(check.judge(madeRequests({ 5: none, 6: none, 7: none }))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('saw no answer during'),
  })
  expect(() => latencyShift({ of: web, during: death, by: '200' as '200ms', within: '10ms' })).toThrow('no duration')
})
