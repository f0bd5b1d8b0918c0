import { expect, test } from 'vitest'
import { told } from './told.ts'

const session = { kind: 'session', flow: 'sessions a → b', session: 7, phase: 'reset', sinceNs: 12e9 }

test('a program’s word is an event at the time that it says', () => {
  expect(told(JSON.stringify({ atNs: 12.5e9, ...session }))).toEqual({ atNs: 12.5e9, body: session })
})

test.each([
  ['is cut off', '{"kind":"session","flow"'],
  ['has no time', JSON.stringify(session)],
  ['has another kind', JSON.stringify({ atNs: 1, ...session, kind: 'verdict' })],
  ['has another phase', JSON.stringify({ atNs: 1, ...session, phase: 'gone' })],
  [
    'counts below nothing',
    JSON.stringify({ atNs: 1, kind: 'session-server', flow: 'x', fromNs: 0, toNs: 1, open: -1 }),
  ],
])('a line that %s is none', (_, line) => {
  expect(told(line)).toBeUndefined()
})
