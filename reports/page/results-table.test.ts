import { expect, test } from 'vitest'
import { measures } from '../measures.ts'
import { natFailover } from '../testing/nat-failover.ts'
import { measuresCsv } from './measures-table.ts'
import { resultsSection } from './results-table.ts'

const rows = measures(natFailover().events)
const text = (resultsSection(rows)?.html ?? '').replaceAll(/\s*(<[^>]+>)+\s*/g, '|')

test('initial and reversion event stand side by side, of the flows that something happened to', () => {
  expect(text).toContain('death of nat-gw-a-1: initial and reversion event')
  expect(text).toMatch(/\|forward, initial\|forward, reversion\|reverse, initial\|reverse, reversion\|/)
  expect(text).toContain('probe vpc-a-web-1 → internet')
  expect(text).toMatch(/\|loss of connectivity period\|RFC 6412 §3\.6\.5\|35\dms ± [^|]+\|14\dms ± /)
  expect(text).toMatch(
    /\|failover or reversion time\|[^|]+\|[^|]+\|nat-gw-a-1 → nat-gw-a-2\|[^|]+\|nat-gw-a-2 → nat-gw-a-1\|/,
  )
})

test('a loss that begins within a gap of its event is instant, a later one is not', () => {
  expect(text).toMatch(/\|instant traffic loss\|RFC 6413 §4\.1\|yes\|no\|yes\|–\|/)
})

test('where no fault did anything there is nothing to tell', () => {
  expect(resultsSection(rows.filter(({ flow }) => flow.includes('nobody')))).toBeUndefined()
  expect(resultsSection([])).toBeUndefined()
})

test('machines get every figure of every row, by name and unit', () => {
  const [head = '', ...lines] = measuresCsv(rows).split('\n')
  const columns = head.split(',').map((cell) => cell.replaceAll('"', ''))
  const first = (lines[0] ?? '').split(',').map((cell) => cell.replaceAll('"', ''))
  const value = (name: string) => first[columns.indexOf(name)]
  expect(lines).toHaveLength(rows.length)
  expect(value('event')).toBe('initial')
  expect(Number(value('loss_of_connectivity_period_ms'))).toBeGreaterThan(349)
  expect(Number(value('loss_of_connectivity_period_resolution_ms'))).toBeGreaterThan(0)
  expect(Number(value('failover_time_ms'))).toBeGreaterThan(350)
})
