import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { held, madeSessions, OURS } from '../lab/traffic/made-traffic.ts'
import { sessionSource } from './session-source.ts'

const S = 1e9
const theirs = '203.0.113.33'
const judge = (made: Parameters<typeof madeSessions>[0]) =>
  sessionSource({ of: held, during: death, is: OURS }).judge(madeSessions(made))

test('sessions that are held and new ones have one address', () => {
  expect(judge({})).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining(`${OURS} of 10 sessions and 30 new ones`),
  })
})

test('a new one from elsewhere breaks it, and so does one that came back from elsewhere', () => {
  expect(judge({ newFrom: theirs })).toMatchObject({
    is: 'broken',
    because: expect.stringContaining(`${theirs} of 0 sessions and 30 new ones`),
  })
  const happenings = [
    { session: 1, phase: 'reset', atNs: 6 * S, sinceNs: 5.5 * S },
    { session: 1, phase: 'established', atNs: 6.5 * S, source: `${theirs}:4000` },
  ] as const
  expect(judge({ happenings }).is).toBe('broken')
})

test('without a session there is no source', () => {
  expect(judge({ count: 0, refused: [[0, 99 * S]] })).toMatchObject({ is: 'undecided' })
})
