import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { held, madeSessions } from '../lab/traffic/made-traffic.ts'
import { newSessions } from './new-sessions.ts'

const S = 1e9
const judge = (within: `${number}s` | `${number}ms`, untilNs: number) =>
  newSessions({ of: held, during: death, within }).judge(madeSessions({ refused: [[5 * S, untilNs]] }))

test('new sessions work again with the first that is answered', () => {
  const seen = judge('1s', 5.35 * S)
  expect(seen).toMatchObject({
    is: 'upheld',
    measured: expect.stringMatching(
      /4 of 30 failed, for at most 403ms at a stretch, the first answered after 403ms; tried every 100ms/,
    ),
    measures: [{ name: 'new_sessions_failed_for', unit: 'ns', value: expect.closeTo(0.3515 * S, -6) }],
  })
})

test('those that fail for longer break it, to the end or not', () => {
  expect(judge('200ms', 5.55 * S).is).toBe('broken')
  expect(judge('1s', 99 * S)).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('to the last, for 4.90s'),
  })
})

test('between the last that failed and the first that was answered nobody knows', () => {
  expect(judge('350ms', 5.35 * S).is).toBe('undecided')
  expect(judge('5s', 99 * S).is).toBe('undecided')
})

test('after a heal the clock starts with the last that was answered, whenever that is', () => {
  const late = (within: `${number}ms`) =>
    newSessions({ of: held, after: death, within }).judge(madeSessions({ refused: [[9.25 * S, 9.45 * S]] }))
  expect(late('310ms').is).toBe('upheld')
  expect(late('90ms').is).toBe('broken')
  expect(judge('10ms', 0)).toMatchObject({ is: 'upheld', measured: expect.stringContaining('none of 30 failed') })
})
