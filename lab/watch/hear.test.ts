import { execa } from 'execa'
import { expect, test } from 'vitest'
import { newHistory, ofKind } from '../history.ts'
import { hear, named } from './hear.ts'

/** What is heard of these lines, and what went through the pipe. */
async function heard(...lines: readonly string[]) {
  const { stdout } = await execa('bash', ['-c', named('arp')], { input: `${lines.join('\n')}\n` })
  const pieces = stdout.split('\n')
  const history = newHistory()
  const take = hear('patchbay', history)
  for (const piece of pieces) take(piece)
  return { pieces, told: ofKind(history, 'line').map(({ stream, line }) => [stream, line]) }
}

test('a line bears the name of its stream', async () => {
  expect((await heard('who-has 10.0.1.1')).told).toEqual([['arp', 'who-has 10.0.1.1']])
})

test.each([3900, 3901, 4096, 20_000])(
  'a line of %i bytes comes whole, in pieces that a pipe does not tear',
  async (size) => {
    const long = 'x'.repeat(size)
    const { pieces, told } = await heard('before', long, 'after')
    expect(told.map(([, line]) => line)).toEqual(['before', long, 'after'])
    expect(Math.max(...pieces.map(({ length }) => length + 1))).toBeLessThanOrEqual(4096)
  },
)

test('pieces of two streams do not mix', () => {
  const history = newHistory()
  const take = hear('chassis-1', history)
  for (const line of ['a+\tone ', 'b+\ttwo ', 'a\tand a half', 'b\tand more']) take(line)
  expect(ofKind(history, 'line').map(({ line }) => line)).toEqual(['one and a half', 'two and more'])
})
