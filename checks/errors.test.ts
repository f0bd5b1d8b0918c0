import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { madeRequests, madeTransfer, web } from '../lab/traffic/made-traffic.ts'
import { errors } from './errors.ts'

const answered = (count: number) => Array(count).fill(2e6)
const judge = (atMost: `${number}%`, seconds: Parameters<typeof madeRequests>[0]) =>
  errors({ of: web, during: death, atMost }).judge(madeRequests(seconds))

test('no more than the share may fail, and all kinds are told, most first', () => {
  const seconds = { 6: { latencyNs: answered(94), errors: { timeout: 2, unsent: 3, 'status 502': 1 } } }
  expect(judge('2%', seconds)).toMatchObject({
    is: 'upheld',
    measured: expect.stringMatching(/: 6 of 300 requests \(2%\): 3 unsent, 2 timeout, 1 status 502$/),
    measures: [{ name: 'failed_requests', value: 0.02, unit: 'ratio', flow: web.name }],
  })
  expect(judge('1.9%', seconds)).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/at most 1\.9%, was 6 of 300 requests \(2%\)/),
  })
})

test('a request without an answer is not served: all failed is 100%, none ended is undecided', () => {
  const none = { latencyNs: [], sent: 20, errors: { timeout: 20 } }
  expect(judge('50%', { 5: none, 6: none, 7: none })).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('(100%)'),
  })
  const open = { latencyNs: [], sent: 20 }
  expect(judge('50%', { 5: open, 6: open, 7: open })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('saw no request end'),
  })
})

test('where all are said to fail, one that is answered breaks the claim', () => {
  const claim = errors({ of: web, during: death, atMost: '100%', atLeast: '100%' })
  const none = { latencyNs: [], sent: 20, errors: { timeout: 20 } }
  expect(claim.judge(madeRequests({ 5: none, 6: none, 7: none })).is).toBe('upheld')
  const one = { latencyNs: answered(1), errors: { timeout: 19 } }
  expect(claim.judge(madeRequests({ 5: none, 6: one, 7: none }))).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('at least 100% and at most 100%, was'),
  })
})

test('bulk data has no requests', () => {
  expect(errors({ of: { name: 'tcp vpc-a-web-2 → vpc-a-web-1' }, atMost: '1%' }).judge(madeTransfer())).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('sent nothing of the kind'),
  })
})

test.each(['1', '101%', '-1%', 'few%'])('%s is refused as a share', (share) => {
  expect(() => errors({ of: web, atMost: share as '1%' })).toThrow(`no share: '${share}'; write 0% to 100%`)
})
