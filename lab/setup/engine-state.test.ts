import { expect, test } from 'vitest'
import { engineComplaint, judgeFailure, judgeVersion } from './engine-state.ts'

test.each([
  ['20.10.24+dfsg1', 'ready'],
  ['28.2.2', 'ready'],
  ['20.10', 'ready'],
  ['20.9.1', 'old'],
  ['19.03.15', 'old'],
  ['1.13.1', 'old'],
  ['unknown', 'odd'],
])('an engine of version %s is %s', (version, is) => {
  expect(judgeVersion(version).is).toBe(is)
})

test.each([
  [{ code: 'ENOENT' }, 'absent'],
  [{ code: 'ECONNREFUSED' }, 'absent'],
  [{ code: 'EACCES' }, 'denied'],
  [{ statusCode: 403 }, 'denied'],
  [new Error('socket hang up'), 'odd'],
])('a question that fails with %o finds the engine %s', (thrown, is) => {
  expect(judgeFailure(thrown).is).toBe(is)
})

test('each bad engine has one line that says the way out', () => {
  const host = 'unix:///var/run/docker.sock'
  const lines = [
    engineComplaint({ is: 'absent' }, host, 'mina'),
    engineComplaint({ is: 'denied' }, host, 'mina'),
    engineComplaint({ is: 'old', version: '19.03' }, host, 'mina'),
    engineComplaint({ is: 'odd', because: 'no answer within 5s' }, host, 'mina'),
  ]
  expect(lines).toEqual([
    'no Docker engine at unix:///var/run/docker.sock; run npm run setup',
    'cannot reach Docker at unix:///var/run/docker.sock: permission denied; add yourself to the docker group (usermod -aG docker mina, then log in again)',
    'Docker engine 19.03 is too old; 20.10 or newer is needed',
    'cannot use Docker at unix:///var/run/docker.sock: no answer within 5s',
  ])
  expect(engineComplaint({ is: 'ready', version: '28.2.2' }, host)).toBeUndefined()
})
