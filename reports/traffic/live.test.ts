import { expect, test } from 'vitest'
import type { Event, EventBody } from '../../lab/events.ts'
import { histogram } from '../../lab/traffic/histogram.ts'
import { liveTraffic } from './live.ts'

const S = 1e9
const MS = 1e6
const started = (flow: string, generator: 'http' | 'tcp' | 'sessions'): EventBody => ({
  kind: 'traffic',
  flow,
  generator,
  phase: 'started',
  from: 'a',
  to: 'b',
  asked: 100,
  unit: 'requests',
})
const requests = (flow: string, second: number, failed: number): EventBody => ({
  kind: 'traffic-sample',
  flow,
  fromNs: second * S,
  toNs: (second + 1) * S,
  parts: [
    {
      name: 'GET /',
      asked: 100,
      sent: 100,
      answered: 100 - failed,
      errors: failed > 0 ? { timeout: failed } : {},
      latency: histogram(Array(100 - failed).fill(2 * MS)),
      longestNs: 2 * MS,
    },
  ],
})

/** The lines of a run whose events come in this order. */
function lines(events: readonly (readonly [second: number, body: EventBody])[]): string[] {
  const live = liveTraffic()
  return events.flatMap(([second, body]) => live({ atNs: second * S, source: 'a', ...body } as Event) ?? [])
}

test('one line every five seconds, of all flows of a kind together', () => {
  const flows: [number, EventBody][] = [
    [0, started('http a → b', 'http')],
    [0, started('http c → d', 'http')],
  ]
  const seconds = Array.from({ length: 11 }, (_, i): [number, EventBody][] => [
    [i + 1, requests('http a → b', i, 0)],
    [i + 1, requests('http c → d', i, i === 6 ? 10 : 0)],
  ])
  expect(lines([...flows, ...seconds.flat()])).toEqual([
    'http 200/s p99 2.0ms',
    expect.stringMatching(/^http 198\/s p99 2\.0ms, 1% failed \(10 timeout\)$/),
  ])
})

test('sessions are told as they stand, and no more once they are stopped', () => {
  const session = (session: number, phase: 'established' | 'silent' | 'resumed'): EventBody => ({
    kind: 'session',
    flow: 'sessions a → b',
    session,
    phase,
    sinceNs: 0,
  })
  const all: [number, EventBody][] = [
    [0, started('sessions a → b', 'sessions')],
    [1, session(1, 'established')],
    [1, session(2, 'established')],
    [3, session(2, 'silent')],
    [5, requests('sessions a → b', 4, 0)],
    [6, session(2, 'resumed')],
    [10, requests('sessions a → b', 9, 0)],
    [11, { ...started('sessions a → b', 'sessions'), phase: 'stopped' } as EventBody],
    [15, requests('sessions a → b', 14, 0)],
  ]
  expect(lines(all)).toEqual(['1 sessions up, 1 silent', '2 sessions up', ''])
})

test('bulk data is told as the receiver got it', () => {
  const moved = (second: number, side: 'sender' | 'receiver', bytes: number): EventBody => ({
    kind: 'transfer-sample',
    flow: 'tcp a → b',
    side,
    fromNs: second * S,
    toNs: (second + 1) * S,
    bytes,
    ...(side === 'sender' && { retransmits: 3 }),
  })
  const seconds = Array.from({ length: 5 }, (_, i): [number, EventBody][] => [
    [i + 1, moved(i, 'sender', 5e6)],
    [i + 1, moved(i, 'receiver', 2.5e6)],
  ])
  const all = lines([[0, started('tcp a → b', 'tcp')], ...seconds.flat(), [7, moved(6, 'receiver', 0)]])
  expect(all).toEqual(['tcp 20.0 Mbit/s, 15 retransmits'])
})
