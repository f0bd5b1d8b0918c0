import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { type Happening, held, madeSessions } from '../lab/traffic/made-traffic.ts'
import { type SessionsKept, sessionsKept } from './sessions-kept.ts'

const S = 1e9
const lost = (session: number, phase: Happening['phase'], atNs = 5.5 * S): Happening => ({
  session,
  phase,
  atNs,
  sinceNs: 5.2 * S,
})
const judge = (limits: Partial<SessionsKept>, happenings: readonly Happening[] = []) =>
  sessionsKept({ of: held, during: death, ...limits }).judge(madeSessions({ happenings }))

test('a claim names every limit', () => {
  expect(sessionsKept({ of: held, during: death, survived: '100%', hung: '0%', pause: '2s' }).claim).toBe(
    'survival of sessions vpc-a-web-1 → internet during death of nat-gw-a-1 survived at least 100%, hung at most 0%, pause at most 2s',
  )
})

test('sessions of which nothing is told have survived', () => {
  expect(judge({ survived: '100%', reset: '0%', hung: '0%' })).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('10 held: 10 survived; no pause above 100ms'),
  })
})

test('one that is reset is no survivor, though it is established again', () => {
  const back: Happening = { session: 3, phase: 'established', atNs: 6 * S, source: '203.0.113.17:7' }
  const happenings = [lost(3, 'reset'), back]
  expect(judge({ survived: '100%' }, happenings)).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('10 held: 9 survived, 1 reset (1 established again, 0 resets seen by the server)'),
  })
  expect(judge({ survived: '90%', reset: '10%', hung: '0%' }, happenings).is).toBe('upheld')
  expect(judge({ reset: '9%' }, happenings).is).toBe('broken')
})

test('one that hangs breaks a claim on hanging, and no claim on resets', () => {
  expect(judge({ hung: '0%' }, [lost(1, 'hung')]).is).toBe('broken')
  expect(judge({ reset: '0%' }, [lost(1, 'hung')]).is).toBe('upheld')
})

test('one that still waits may yet go either way', () => {
  expect(judge({ survived: '100%' }, [lost(1, 'silent')]).is).toBe('undecided')
  expect(judge({ hung: '0%' }, [lost(1, 'silent')]).is).toBe('undecided')
  expect(judge({ survived: '90%' }, [lost(1, 'silent')]).is).toBe('upheld')
  expect(judge({ survived: '90%' }, [lost(1, 'silent'), lost(2, 'reset'), lost(3, 'reset')]).is).toBe('broken')
})

test('the longest pause of a survivor counts', () => {
  const paused = [lost(1, 'silent', 5.3 * S), lost(1, 'resumed', 6.2 * S)]
  expect(judge({ pause: '1s' }, paused)).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('pause of survivors p50 0ms p90 0ms max 1.00s'),
  })
  expect(judge({ pause: '900ms' }, paused).is).toBe('broken')
})

test('without all of its sessions before the fault a flow proves nothing', () => {
  const early = { ...lost(2, 'reset', 3 * S), sinceNs: 2.9 * S }
  expect(judge({ survived: '50%' }, [early])).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('only 9 of 10 were established'),
  })
})

test('no limit is no claim', () => {
  expect(() => sessionsKept({ of: held })).toThrow('there are survived, reset, hung, pause')
  expect(() => sessionsKept({ of: held, survived: '120%' })).toThrow("no share: '120%'")
})
