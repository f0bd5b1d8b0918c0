import { expect, test } from 'vitest'
import { lastTold } from './doing.ts'

const line = (value: object) => JSON.stringify(value)

test('the last event of the story counts, not evidence, nor a line cut off', () => {
  const lines = [
    line({ epoch: '1795364116703079327' }),
    line({ kind: 'act', source: 'lab', text: 'chassis booted', atNs: 2.85e9 }),
    line({ kind: 'line', source: 'chassis-1', node: 'chassis-1', stream: 'kernel', line: 'x', atNs: 3e9 }),
    '{"kind":"act","te',
  ]
  expect(lastTold(lines)).toBe('+2.85s chassis booted')
})

test('a history that has just begun tells nothing', () => {
  expect(lastTold([line({ epoch: '1' }), ''])).toBeUndefined()
})
