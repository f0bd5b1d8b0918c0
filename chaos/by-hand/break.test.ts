// lab:break as typed, as far as it comes without a lab.

import { expect, test } from 'vitest'
import { typed } from '../../lab/cli/typed.ts'

const breakIt = (...words: string[]) => typed('chaos/by-hand/main.ts', ...words)

test.each([
  ['no fault', [], 2, /^<fault> is missing; usage: npm run lab:break /],
  ['a length that is none', ['isolate', 'x', '--for', 'long'], 1, /^no duration: 'long'; /],
  ['a length that is too long', ['isolate', 'x', '--for', '90min'], 2, /^no length of a fault: '90min'; take at most /],
])('%s is refused in one line', { timeout: 20_000 }, async (_, words, exitCode, line) => {
  const answer = await breakIt(...words)
  expect(answer).toMatchObject({ stdout: '', exitCode })
  expect(answer.stderr).toMatch(line)
  expect(answer.stderr).not.toContain('\n')
})

test('it lists the faults that there are', { timeout: 20_000 }, async () => {
  expect((await breakIt('--help')).stdout).toContain('isolate <node> ')
})
