import { expect, test } from 'vitest'
import type { RequestCounts, SessionPhase, TransferSample } from '../lab/traffic/events.ts'
import {
  requestsAnswered,
  requestsSustained,
  sessionsAnswered,
  transferAnswered,
  transferSustained,
} from './steadiness.ts'

const S = 1e9
const good: RequestCounts = {
  name: 'GET /',
  asked: 100,
  sent: 100,
  answered: 100,
  errors: {},
  latency: [],
  longestNs: 1,
}
const sample = (second: number, ...parts: RequestCounts[]) => ({
  kind: 'traffic-sample' as const,
  flow: 'http a → b',
  fromNs: second * S,
  toNs: (second + 1) * S,
  parts: parts.length > 0 ? parts : [good],
})
const bad = { ...good, answered: 80, errors: { timeout: 2 } }

test('requests are answered when those of the last second were, all of them', () => {
  expect(requestsAnswered([]).holds).toBe(false)
  expect(requestsAnswered([sample(0, bad), sample(1)])).toEqual({ holds: true, saw: '100 answered in the last second' })
  expect(requestsAnswered([sample(0), sample(1, good, { ...bad, name: 'POST /' })])).toEqual({
    holds: false,
    saw: 'POST /: 80 of 100 answered in the last second, 2 timeout',
  })
  expect(requestsAnswered([sample(0, { ...good, asked: 0, sent: 0, answered: 0 })]).holds).toBe(false)
})

test('a second that was cut short says nothing', () => {
  const cut = { ...sample(1, { ...good, asked: 50, answered: 0 }), toNs: 1.4 * S }
  expect(requestsAnswered([sample(0), cut]).holds).toBe(true)
})

test('sustained is every second of the stretch up to now', () => {
  const seconds = [sample(0), sample(1, bad), sample(2), sample(3)]
  expect(requestsSustained(seconds, 3 * S)).toEqual({ holds: false, saw: 'so for 2.0s only' })
  expect(requestsSustained([...seconds, sample(4)], 3 * S)).toEqual({ holds: true, saw: 'so for 3.0s' })
  expect(requestsSustained([...seconds, sample(4, bad)], 3 * S).saw).toContain('2 timeout')
})

const moved = (second: number, bps: number, side: TransferSample['side'] = 'receiver'): TransferSample => ({
  kind: 'transfer-sample',
  flow: 'tcp a → b',
  side,
  fromNs: second * S,
  toNs: (second + 1) * S,
  bytes: bps / 8,
})

test('bulk data is answered when some arrives, sustained when about all of it does', () => {
  expect(transferAnswered([moved(0, 40e6, 'sender')]).holds).toBe(false)
  expect(transferAnswered([moved(0, 1e6)])).toEqual({ holds: true, saw: '1.0 Mbit/s in the last second' })
  expect(transferAnswered([moved(0, 1e6), moved(1, 0)]).holds).toBe(false)
  expect(transferSustained([moved(0, 40e6), moved(1, 38e6), moved(2, 44e6)], 40e6, 3 * S).holds).toBe(true)
  expect(transferSustained([moved(0, 40e6), moved(1, 40e6), moved(2, 30e6)], 40e6, 3 * S)).toEqual({
    holds: false,
    saw: '30.0 Mbit/s of 40.0 Mbit/s in one second',
  })
})

test('sessions are answered when all are established and none waits', () => {
  const event = (session: number, phase: SessionPhase) =>
    ({ kind: 'session', flow: 's', session, phase, sinceNs: 0 }) as const
  const two = [event(1, 'established'), event(2, 'established')]
  expect(sessionsAnswered(two, 2).holds).toBe(true)
  expect(sessionsAnswered(two, 3)).toEqual({ holds: false, saw: '2 of 3 established' })
  expect(sessionsAnswered([...two, event(1, 'silent')], 2)).toEqual({
    holds: false,
    saw: '1 of 2 established, 1 silent',
  })
  expect(sessionsAnswered([...two, event(1, 'silent'), event(1, 'resumed')], 2).holds).toBe(true)
  expect(sessionsAnswered([...two, event(1, 'reset'), event(1, 'established')], 2).holds).toBe(true)
})
