import { expect, test } from 'vitest'
import { madeHistory } from '../lab/loss/made-history.ts'
import { copies, madeRequests, madeSessions, madeTransfer, web } from '../lab/traffic/made-traffic.ts'
import { trafficKept } from './traffic-kept.ts'

test('what offered its rate until the first fault is upheld, whatever came of it later', () => {
  const stuck = { latencyNs: [], sent: 20, errors: { timeout: 20 } }
  expect(trafficKept.judge(madeRequests({ 5: stuck, 6: stuck }))).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining(
      'generator of http vpc-a-web-1 → vpc-a-app-1 offered 100 requests/s of 100 requests/s',
    ),
    measures: [{ name: 'offered_load', value: 100, unit: 'requests/s', flow: web.name }],
  })
})

test('below nine tenths it is undecided, with the figure', () => {
  const slow = { sent: 80 }
  expect(trafficKept.judge(madeRequests({ 2: slow, 3: slow, 4: slow }))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('offered 80 requests/s of 100 requests/s asked'),
  })
  expect(trafficKept.judge(madeTransfer({}, 0.85))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('generator of tcp vpc-a-web-2 → vpc-a-web-1 offered 34.0 Mbit/s of 40.0 Mbit/s'),
  })
  expect(trafficKept.judge(madeTransfer({ 2: 0, 3: 0 })).is).toBe('upheld')
})

test('what was due while the network had not answered was offered', () => {
  const waits = { sent: 60, errors: { unsent: 40 } }
  expect(trafficKept.judge(madeRequests({ 2: waits, 3: waits })).is).toBe('upheld')
})

test('the first two seconds are for coming to the rate', () => {
  expect(trafficKept.judge(madeRequests({ 0: { sent: 0 }, 1: { sent: 10 } })).is).toBe('upheld')
})

test('one that told nothing, or whose program ended by itself, is undecided', () => {
  const silent = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [i, 'silent' as const]))
  expect(trafficKept.judge(madeRequests(silent))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('told nothing of its rate'),
  })
  const history = madeTransfer()
  history.record('vpc-a-web-2', { kind: 'traffic-ended', flow: copies.name, side: 'client', why: 'no iperf3' })
  expect(trafficKept.judge(history)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('its client ended by itself, no iperf3'),
  })
})

test('of sessions the exchanges count; and of nothing nothing is wanted', () => {
  expect(trafficKept.judge(madeSessions({})).is).toBe('upheld')
  expect(trafficKept.judge(madeHistory([]))).toMatchObject({ is: 'upheld', measured: expect.stringContaining('none') })
})
