import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { madeRequests, web } from '../lab/traffic/made-traffic.ts'
import { latency } from './latency.ts'

const MS = 1e6
/** Of 300 answers during the fault, 6 take 80 ms. */
const slow = { 6: { latencyNs: [...Array(94).fill(2 * MS), ...Array(6).fill(80 * MS)] } }
const judge = (limits: object, seconds: Parameters<typeof madeRequests>[0] = slow) =>
  latency({ of: web, during: death, ...limits }).judge(madeRequests(seconds))

test('every limit that is given is kept', () => {
  expect(judge({ p50: '5ms', p99: '100ms', max: '80ms' })).toMatchObject({
    is: 'upheld',
    measured: expect.stringMatching(/p50 2\.0ms p90 2\.0ms p99 80\.0ms max 80\.0ms$/),
  })
  expect(judge({ p50: '5ms', p99: '50ms' }).is).toBe('broken')
  expect(judge({ p90: '5ms' }).is).toBe('upheld')
  expect(judge({ max: '79ms' }).is).toBe('broken')
})

test('a limit that lies inside the bucket’s width is not decided', () => {
  const seconds = { 6: { latencyNs: Array(100).fill(81 * MS), longestNs: 200 * MS } }
  expect(judge({ p99: '81ms' }, { 5: seconds[6], ...seconds, 7: seconds[6] }).is).toBe('undecided')
  expect(judge({ p99: '75ms' }, { 5: seconds[6], ...seconds, 7: seconds[6] }).is).toBe('broken')
})

test('without an answer there is no latency, and without a limit no claim', () => {
  const none = { latencyNs: [], errors: { timeout: 9 } }
  expect(judge({ p50: '5ms' }, { 5: none, 6: none, 7: none })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('saw no answer'),
  })
  expect(() => latency({ of: web })).toThrow('latency was given no limit; there are p50, p90, p99, max')
  expect(() => latency({ of: web, p99: '5' as '5ms' })).toThrow("no duration: '5'")
})
