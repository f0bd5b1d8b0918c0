import { expect, test } from 'vitest'
import { jsonStream } from './json-stream.ts'

const values = [
  { id: 1, result: {}, error: null },
  { text: 'braces } { in a text', list: [{ deep: { deeper: [] } }] },
  { text: 'a quote \\" and "two" \\\\ and a tab\t' },
  { 'ein Schlüssel': 'Größe 📏 — €' },
]

function read(chunks: readonly Buffer[]): unknown[] {
  const seen: unknown[] = []
  const write = jsonStream((value) => seen.push(value))
  for (const chunk of chunks) write(chunk)
  return seen
}

const bytes = Buffer.from(values.map((value) => JSON.stringify(value)).join(''))

test('objects that follow each other without a separator come out one by one', () => {
  expect(read([bytes])).toEqual(values)
})

test('a stream may be split anywhere, also within a letter or an escape', () => {
  for (let at = 0; at <= bytes.length; at++)
    expect(read([bytes.subarray(0, at), bytes.subarray(at)]), `split at ${at}`).toEqual(values)
})

test('a stream may come byte by byte', () => {
  expect(read(Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(values)
})

test('white space between objects is nothing', () => {
  const text = values.map((value) => JSON.stringify(value, null, 2)).join('\n\n')
  expect(read([Buffer.from(`\n${text}\n`)])).toEqual(values)
})

test('an object that has not ended is waited for', () => {
  expect(read([bytes.subarray(0, bytes.length - 1)])).toEqual(values.slice(0, -1))
})

test('what was kept of a chunk does not change with the chunk', () => {
  const seen: unknown[] = []
  const write = jsonStream((value) => seen.push(value))
  const chunk = Buffer.from('{"a":')
  write(chunk)
  chunk.fill(0)
  write(Buffer.from('1}'))
  expect(seen).toEqual([{ a: 1 }])
})
