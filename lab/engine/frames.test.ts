import { expect, test } from 'vitest'
import { frames } from './frames.ts'

const text = '1795373321.719632001 5\nhello1795373321.900000000 1\n\n1795373322.000000000 3\nend'

test.each([1, 2, 7, 30, 1000])('frames are found in chunks of %i bytes, with the time each came', (size) => {
  const seen: [string, bigint][] = []
  const read = frames((bytes, unixNs) => seen.push([bytes.toString(), unixNs]))
  for (let i = 0; i < text.length; i += size) read(Buffer.from(text.slice(i, i + size)))
  expect(seen).toEqual([
    ['hello', 1795373321_719632001n],
    ['\n', 1795373321_900000000n],
    ['end', 1795373322_000000000n],
  ])
})

test('a frame that was cut off is not told', () => {
  const seen: Buffer[] = []
  frames((bytes) => seen.push(bytes))(Buffer.from('1795373321.719632001 5\nhell'))
  expect(seen).toEqual([])
})

test("the engine's own word, in place of a program that it could not start, is no frame", () => {
  const seen: Buffer[] = []
  const read = frames((bytes) => seen.push(bytes))
  read(Buffer.from('cannot exec in a stopped state: unknown\r\n'))
  expect(seen).toEqual([])
})
