import { expect, test } from 'vitest'
import type { AttemptEvent } from '../lab/events.ts'
import { newHistory } from '../lab/history.ts'
import { matrix, type Pair, reachable, unreachable } from './reachable.ts'

const db: Pair = { from: 'vpc-a-app-1', to: 'vpc-a-db-1', protocol: 'tcp', port: 5432 }
const ping: Pair = { from: 'vpc-a-web-1', to: 'vpc-b-web-1', protocol: 'icmp' }

/** A history of attempts, oldest first. */
function tried(...attempts: readonly (readonly [Pair, AttemptEvent['outcome'], string?])[]) {
  const history = newHistory()
  for (const [pair, outcome, saw = ''] of attempts)
    history.record(pair.from, { kind: 'attempt', ...pair, outcome, saw, sinceNs: 0 })
  return history
}

test('what answered is reachable, and nothing else is', () => {
  expect(reachable(db).judge(tried([db, 'answered', 'vpc-a-db-1 10.0.2.10']))).toMatchObject({
    is: 'upheld',
    measured: 'vpc-a-app-1 → vpc-a-db-1 tcp/5432 reachable: answered (vpc-a-db-1 10.0.2.10)',
  })
  expect(reachable(db).judge(tried([db, 'silent']))).toMatchObject({
    is: 'broken',
    because: 'vpc-a-app-1 → vpc-a-db-1 tcp/5432 reachable, was silent, not answered',
  })
  expect(reachable(db).judge(tried([db, 'refused'])).is).toBe('broken')
})

test.each([
  [undefined, ['broken', 'upheld', 'upheld']],
  ['silent', ['broken', 'upheld', 'broken']],
  ['refused', ['broken', 'broken', 'upheld']],
] as const)('unreachable (%s) tells an answer, silence and a refusal apart', (how, verdicts) => {
  const check = unreachable({ ...db, ...(how && { how }) })
  const outcomes = ['answered', 'silent', 'refused'] as const
  expect(outcomes.map((outcome) => check.judge(tried([db, outcome])).is)).toEqual(verdicts)
})

test('the latest attempt counts', () => {
  expect(reachable(db).judge(tried([db, 'silent'], [db, 'answered'])).is).toBe('upheld')
  expect(reachable(db).judge(tried([db, 'answered'], [db, 'silent'])).is).toBe('broken')
})

test.each([
  ['from elsewhere', { ...db, from: 'vpc-a-web-1' }],
  ['to elsewhere', { ...db, to: 'vpc-a-web-1' }],
  ['by another protocol', { ...db, protocol: 'udp' as const }],
  ['at another port', { ...db, port: 80 }],
  ['at no port', { from: db.from, to: db.to, protocol: db.protocol }],
])('an attempt %s says nothing', (_, other) => {
  expect(reachable(db).judge(tried([other, 'answered']))).toMatchObject({
    is: 'undecided',
    because: 'vpc-a-app-1 → vpc-a-db-1 tcp/5432 reachable, was never tried',
  })
  expect(unreachable(db).judge(tried([other, 'silent'])).is).toBe('undecided')
})

test('a source address that the far end saw is part of the claim', () => {
  const seen = (saw: string) => reachable({ ...db, seenAs: '203.0.113.17' }).judge(tried([db, 'answered', saw])).is
  expect(['203.0.113.17 4711', '203.0.113.170 4711', '10.0.2.10'].map(seen)).toEqual(['upheld', 'broken', 'broken'])
  expect(reachable({ ...db, seenAs: '203.0.113.17' }).judge(tried()).is).toBe('undecided')
})

test('a matrix that holds is counted', () => {
  const history = tried([db, 'answered'], [ping, 'silent'])
  const check = matrix([
    { ...db, expect: 'answered' },
    { ...ping, expect: 'silent' },
  ])
  expect(check.judge(history)).toMatchObject({ is: 'upheld', measured: '2 pairs as expected: 1 answered, 1 silent' })
})

test('a matrix names every wrong pair, and none that is right', () => {
  const web: Pair = { ...db, to: 'vpc-a-web-1', port: 80 }
  const history = tried([db, 'silent'], [ping, 'answered', '64 bytes from 10.1.1.10'], [web, 'answered'])
  const verdict = matrix([
    { ...db, expect: 'answered' },
    { ...ping, expect: 'refused' },
    { ...web, expect: 'answered' },
  ]).judge(history)
  expect(verdict).toMatchObject({
    is: 'broken',
    because:
      '3 pairs as expected, was vpc-a-app-1 → vpc-a-db-1 tcp/5432 silent, not answered; ' +
      'vpc-a-web-1 → vpc-b-web-1 icmp answered (64 bytes from 10.1.1.10), not refused',
  })
  expect('evidence' in verdict && verdict.evidence).toHaveLength(2)
})

test('a matrix with a pair that was never tried is undecided, and broken if another is wrong', () => {
  const check = matrix([
    { ...db, expect: 'answered' },
    { ...ping, expect: 'silent' },
  ])
  expect(check.judge(tried([db, 'answered']))).toMatchObject({
    is: 'undecided',
    because: '2 pairs as expected, vpc-a-web-1 → vpc-b-web-1 icmp was never tried',
  })
  expect(check.judge(tried([db, 'silent'])).is).toBe('broken')
})

test('a matrix of nothing claims nothing', () => {
  expect(matrix([]).judge(tried([db, 'answered']))).toMatchObject({
    is: 'undecided',
    because: '0 pairs as expected, nothing was seen',
  })
})
