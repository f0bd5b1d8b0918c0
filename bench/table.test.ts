import { expect, test } from 'vitest'
import { percent, range, row, table } from './table.ts'

test('columns are as wide as their widest cell, and numbers end together', () => {
  const text = table(
    [{ title: 'stage' }, { title: 'took', right: true }],
    [
      ['containers', '1.2s'],
      ['links', '10.25s'],
    ],
  )
  expect(text.split('\n')).toEqual([
    'stage         took',
    '──────────  ──────',
    'containers    1.2s',
    'links       10.25s',
  ])
})

test('a row that is printed early keeps to the least widths', () => {
  expect(row([{ title: 'n', width: 3, right: true }, { title: 'what' }], ['7', 'killed'])).toBe('  7  killed')
})

test('figures have units', () => {
  expect(range({ least: 7.91e9, median: 8e9, most: 12.3e9, count: 5 })).toBe('7.91s to 12.3s')
  expect(percent(0.256)).toBe('26 %')
  expect(percent(undefined)).toBe('?')
})
