import { expect, test } from 'vitest'
import { failedPolls, missingAnswers } from './readings.ts'

const MS = 1e6
const at = (unixNs: bigint) => Number(unixNs - 1_795_377_714_000_000_000n)
const window = (fromMs: number, toMs: number) => ({ fromNs: fromMs * MS, toNs: toMs * MS })

test('missing answers count as long as the period says, in the window of their middle', () => {
  const read = missingAnswers('1795377714.1 1795377714.30000 99\n1795377714.5 1795377714.502 1\nnot one\n', 2 * MS, at)
  expect(read(window(0, 400))).toBe(198 * MS)
  expect(read(window(400, 1000))).toBe(2 * MS)
  expect(read(window(0, 199))).toBe(0)
})

test('polls that failed count until one works again', () => {
  const read = failedPolls(
    [
      '1795377714.1 1795377714.102 ok',
      '1795377714.2 1795377715.2 no',
      '1795377715.3 1795377716.3 no',
      '1795377716.4 1795377716.41 ok',
      '1795377717 1795377718 no',
    ].join('\n'),
    at,
  )
  expect(read(window(0, 2000))).toBeCloseTo(2200 * MS)
  expect(read(window(2000, 5000))).toBe(0)
})
