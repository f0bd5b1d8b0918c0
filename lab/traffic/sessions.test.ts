import { expect, test } from 'vitest'
import { type Happening, held, madeSessions } from './made-traffic.ts'
import { newcomers, type Story, stories } from './sessions.ts'

const S = 1e9
const during = { fromNs: 5 * S, toNs: 8 * S }
const after = { fromNs: 8 * S, toNs: Number.POSITIVE_INFINITY }
const whole = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }

const story = (happenings: readonly Happening[], window = during): Story | undefined =>
  stories(madeSessions({ count: 1, happenings }), held.name, window)[0]

const silent = { session: 1, phase: 'silent', atNs: 5.2 * S, sinceNs: 5.1 * S } as const
const resumed = { session: 1, phase: 'resumed', atNs: 5.7 * S, sinceNs: 5.1 * S } as const

test('a session of which nothing is told survives without a pause', () => {
  expect(story([])).toEqual({ session: 1, fate: 'survived', pauseNs: 0, before: '203.0.113.17:40000' })
})

test('one that resumes survives, and its pause is as long as the exchange waited', () => {
  expect(story([silent, resumed])).toMatchObject({ fate: 'survived', pauseNs: 0.6 * S })
})

test.each(['reset', 'hung', 'closed', 'timeout'] as const)('one that is lost as %s is, and may come back', (phase) => {
  const lost = { session: 1, phase, atNs: 6 * S, sinceNs: 5.1 * S } as const
  const back = { session: 1, phase: 'established', atNs: 6.5 * S, source: '203.0.113.33:5' } as const
  expect(story([silent, lost])).toMatchObject({ fate: phase, pauseNs: 0.9 * S })
  expect(story([silent, lost, back])).toMatchObject({
    fate: phase,
    again: { source: '203.0.113.33:5', afterNs: 0.5 * S },
  })
})

test('one that waits at the end, and is told of no more, is silent', () => {
  expect(story([silent])).toMatchObject({ fate: 'silent' })
})

test('an exchange belongs to the stretch it began in, however late its end shows', () => {
  const hung = { session: 1, phase: 'hung', atNs: 9.5 * S, sinceNs: 7.9 * S } as const
  const waits = { ...silent, atNs: 8 * S, sinceNs: 7.85 * S }
  expect(story([waits, { ...hung, sinceNs: 7.85 * S }])?.fate).toBe('hung')
  expect(story([waits, { ...hung, sinceNs: 7.85 * S }], after)?.fate).toBeUndefined()
  expect(story([{ ...silent, sinceNs: 8.2 * S, atNs: 8.3 * S }])?.fate).toBe('survived')
  expect(story([{ ...silent, sinceNs: 8.2 * S, atNs: 8.3 * S }], after)?.fate).toBe('silent')
})

test('an exchange that was on its way when the fault struck is the fault’s', () => {
  const lost = { session: 1, phase: 'reset', atNs: 5.3 * S, sinceNs: 4.99 * S } as const
  expect(story([lost])?.fate).toBe('reset')
})

test('one that was lost before is none of those that were held; established again, it is', () => {
  const lost = { session: 1, phase: 'reset', atNs: 2 * S, sinceNs: 1.9 * S } as const
  const back = { session: 1, phase: 'established', atNs: 3 * S, source: '203.0.113.17:9' } as const
  expect(story([lost])).toBeUndefined()
  expect(story([lost, back])).toMatchObject({ fate: 'survived', before: '203.0.113.17:9' })
  expect(story([lost, back], whole)).toMatchObject({ fate: 'reset' })
})

test('new sessions fail from the last that was answered before to the answer of the first behind', () => {
  const refused = [
    [5 * S, 5.25 * S],
    [5.4 * S, 5.55 * S],
  ] as const
  const seen = newcomers(madeSessions({ refused }), held.name, during)
  expect(seen).toMatchObject({ tried: 30, failed: 5 })
  expect(seen.firstNs).toBeCloseTo(0.303 * S)
  expect(seen.lowNs).toBeCloseTo(0.2 * S)
  expect(seen.highNs).toBeCloseTo(0.303 * S)
  expect(seen.resolutionNs).toBeCloseTo(0.1 * S)
})

test('where none fails, they fail for no time; where the last one failed, nobody knows for how long', () => {
  expect(newcomers(madeSessions({}), held.name, during)).toMatchObject({ failed: 0, lowNs: 0, highNs: 0 })
  const seen = newcomers(madeSessions({ refused: [[7 * S, 99 * S]] }), held.name, during)
  expect(seen).toMatchObject({ failed: 10, highNs: Number.POSITIVE_INFINITY })
  expect(seen.lowNs).toBeCloseTo(2.9 * S)
})

test('a stretch of failures belongs to where it began, with all of its length', () => {
  const history = madeSessions({ refused: [[7.5 * S, 8.45 * S]] })
  expect(newcomers(history, held.name, during).highNs).toBeCloseTo(1.103 * S)
  expect(newcomers(history, held.name, after)).toMatchObject({ failed: 5, lowNs: 0, highNs: 0 })
})
