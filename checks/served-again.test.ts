import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { madeRequests, web } from '../lab/traffic/made-traffic.ts'
import { servedAgain } from './served-again.ts'

/** The fault is in force from 5 s to 8 s. */
const judge = (within: `${number}s`, seconds: Parameters<typeof madeRequests>[0]) =>
  servedAgain({ of: web, during: death, within }).judge(madeRequests(seconds))

const failing = { latencyNs: Array(60).fill(2e6), errors: { timeout: 30, reset: 10 } }
const dead = { latencyNs: [], errors: { timeout: 100 } }

test('the last failure is known to the second, and tells of all of them', () => {
  expect(judge('2s', { 5: failing, 6: failing })).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('between 1.00s and 2.00s (80 failed: 60 timeout, 20 reset)'),
    measures: [{ name: 'time_until_served_again', value: 1.5e9, unit: 'ns', resolution: 0.5e9, flow: web.name }],
  })
})

test.each([
  ['broken where it failed too late', '0.9s', { 5: failing, 6: failing }, 'broken'],
  [
    'undecided where the limit lies within the last second that failed',
    '1.5s',
    { 5: failing, 6: failing },
    'undecided',
  ],
  ['upheld where nothing failed', '1s', {}, 'upheld'],
  [
    'undecided where nothing was answered again, in less than the limit',
    '4s',
    { 5: dead, 6: dead, 7: dead },
    'undecided',
  ],
  ['broken where nothing was answered again for longer', '1s', { 5: dead, 6: dead, 7: dead }, 'broken'],
  ['undecided where nothing is told', '3s', { 5: 'silent', 6: 'silent', 7: 'silent' }, 'undecided'],
] as const)('it is %s', (_, within, seconds, is) => {
  expect(judge(within, seconds).is).toBe(is)
})
