import { expect, test } from 'vitest'
import { allOf, answered, sustained } from './steadiness.ts'
import { arrived, entered, newTrack, type Track } from './track.ts'

const MS = 1e6
const S = 1e9
const GAP = 4 * MS

type Run = {
  readonly endNs: number
  readonly delayNs?: number
  readonly lostFromNs?: number
  readonly lostToNs?: number
}

/** A track of a flow that ran from 0 to `endNs`, as the taps' stream has it by then. */
function track({ endNs, delayNs = MS, lostFromNs = 0, lostToNs = 0 }: Run): Track {
  const made = newTrack(2 * S)
  for (let ns = 0; ns <= endNs; ns += GAP) {
    const slot = ns / GAP
    entered(made, slot + 1, slot, ns)
    const lost = ns >= lostFromNs && ns < lostToNs
    if (!lost && ns + delayNs <= endNs) arrived(made, slot, ns + delayNs, 1)
  }
  return made
}

const at = (streamNs: number, nowNs = streamNs) => ({ nowNs, streamNs })

test('twenty probes in a row make it answered, nineteen do not', () => {
  expect(answered(track({ endNs: 18 * GAP + MS }), GAP, at(18 * GAP + MS))).toEqual({
    holds: false,
    saw: '19 of 20 probes passed in a row',
  })
  expect(answered(track({ endNs: 19 * GAP + MS }), GAP, at(19 * GAP + MS)).holds).toBe(true)
})

test('nothing sent and nothing passed are told apart', () => {
  expect(answered(newTrack(2 * S), GAP, at(S))).toEqual({ holds: false, saw: 'no probe sent' })
  expect(answered(track({ endNs: S, lostToNs: 2 * S }), GAP, at(S))).toEqual({ holds: false, saw: 'no probe passed' })
})

test('a loss among the last twenty breaks the row, an older one does not', () => {
  const lost = { lostFromNs: 2 * S, lostToNs: 2 * S + 1 }
  const soon = 2 * S + 19 * GAP + MS
  const later = 2 * S + 20 * GAP + MS
  expect(answered(track({ endNs: soon, ...lost }), GAP, at(soon)).saw).toBe('19 of 20 probes passed in a row')
  expect(answered(track({ endNs: later, ...lost }), GAP, at(later)).holds).toBe(true)
})

test('an outage that has just begun ends it within the grace of a probe in flight', () => {
  const lost = { lostFromNs: 2 * S, lostToNs: 9 * S }
  expect(answered(track({ endNs: 2.04 * S, ...lost }), GAP, at(2.04 * S)).holds).toBe(true)
  const after = answered(track({ endNs: 2.1 * S, ...lost }), GAP, at(2.1 * S))
  expect(after).toEqual({ holds: false, saw: '13 probes missing since 103ms ago' })
})

test('a long delay is no loss: probes in flight are as many as the last one took', () => {
  const slow = { endNs: 3 * S, delayNs: 400 * MS }
  expect(answered(track(slow), GAP, at(3 * S)).holds).toBe(true)
  expect(sustained(track(slow), GAP, S, at(3 * S)).holds).toBe(true)
})

test('a stream that lags behind the clock is no loss, until it is too old to speak of now', () => {
  const running = track({ endNs: 3 * S })
  expect(answered(running, GAP, at(3 * S, 4.4 * S)).holds).toBe(true)
  expect(answered(running, GAP, at(3 * S, 5 * S))).toEqual({ holds: false, saw: 'the last probe passed 2.00s ago' })
})

test('a hole in the numbers breaks no row', () => {
  const holed = newTrack(2 * S)
  for (let slot = 0; slot < 30; slot += slot === 20 ? 3 : 1) {
    entered(holed, slot + 1, slot, slot * GAP)
    arrived(holed, slot, slot * GAP + MS, 1)
  }
  expect(answered(holed, GAP, at(29 * GAP + MS)).holds).toBe(true)
})

test('sustained needs a loss-free stretch of its whole length', () => {
  const lost = { lostFromNs: 2 * S, lostToNs: 2.1 * S }
  const soon = sustained(track({ endNs: 4 * S, ...lost }), GAP, 2 * S, at(4 * S))
  expect(soon).toEqual({ holds: false, saw: '25 probes missing in the last 2.00s' })
  expect(sustained(track({ endNs: 4.2 * S, ...lost }), GAP, 2 * S, at(4.2 * S)).holds).toBe(true)
})

test('a loss that is not for good yet keeps a flow from being sustained, however short the stretch', () => {
  const lost = { lostFromNs: 2 * S, lostToNs: 2.1 * S }
  const soon = sustained(track({ endNs: 3.5 * S, ...lost }), GAP, S, at(3.5 * S))
  expect(soon).toEqual({ holds: false, saw: '25 probes that may yet pass' })
  expect(sustained(track({ endNs: 4.2 * S, ...lost }), GAP, S, at(4.2 * S)).holds).toBe(true)
})

test('sustained needs to have been watched for that long', () => {
  expect(sustained(track({ endNs: S }), GAP, 2 * S, at(S))).toEqual({ holds: false, saw: 'watched for 1.00s only' })
})

test('what is not answered now is not sustained', () => {
  const dead = track({ endNs: 9 * S, lostFromNs: 8.9 * S, lostToNs: 10 * S })
  expect(sustained(dead, GAP, S, at(9 * S))).toEqual(answered(dead, GAP, at(9 * S)))
  expect(sustained(dead, GAP, S, at(9 * S)).holds).toBe(false)
})

const look = (label: string, holds: boolean) => ({ label, look: { holds, saw: `${label} saw` } })

test('a stream looks as all of its flows do, and names one that does not', () => {
  expect(allOf([look('#1', true)])).toEqual({ holds: true, saw: '#1 saw' })
  expect(allOf([look('#1', true), look('#2', true)])).toEqual({ holds: true, saw: 'all 2 flows, #1 #1 saw' })
  expect(allOf([look('#1', true), look('#2', false), look('#3', false)])).toEqual({
    holds: false,
    saw: '2 of 3 flows not, #2 #2 saw',
  })
  expect(allOf([]).holds).toBe(false)
})
