import { expect, test } from 'vitest'
import type { SeriesEvent } from '../../lab/monitor/series.ts'
import { chartsSection } from './charts.ts'

const S = 1e9
const shown = (title: string, series: SeriesEvent['series'], unit = 'short'): SeriesEvent => ({
  kind: 'series',
  query: title,
  fromNs: 0,
  toNs: 10 * S,
  stepNs: S,
  series,
  chart: { title, unit, legend: '{{tenant}} {{vpc}}' },
})
const line = (tenant: string, points: [number, number][]) => ({
  labels: { tenant, vpc: 'vpc-a' },
  points: points.map(([s, value]) => [s * S, value] as const),
})
const page = (...events: SeriesEvent[]) => chartsSection(events, [], 10 * S)?.html ?? ''

test('a run without a monitor has no charts, and a panel of which nothing was told has none', () => {
  expect(chartsSection([], [], 10 * S)).toBeUndefined()
  expect(page(shown('Sent', []))).toBe('')
  const asked = { ...shown('Sent', [line('tenant-1', [[1, 1]])]) }
  expect(page({ ...asked, chart: undefined } as unknown as SeriesEvent)).toBe('')
})

test('each series is a line with its name, and breaks where values are missing', () => {
  const told = page(
    shown('Sent', [
      line('tenant-1', [
        [1, 0],
        [2, 5],
        [6, 5],
        [7, 10],
      ]),
    ]),
  )
  expect(told).toContain('<strong>Sent</strong>')
  expect(told).toContain('tenant-1 vpc-a')
  const [, d = ''] = /class="line l0" d="([^"]*)"/.exec(told) ?? []
  expect(d.match(/[ML]/g)?.join('')).toBe('MLML')
})

test('queries of one panel share a chart', () => {
  const told = page(shown('Daemons', [line('a', [[1, 1]])]), shown('Daemons', [line('b', [[1, 1]])]))
  expect(told.match(/<figure>/g)).toHaveLength(1)
  expect(told).toContain('2 series')
})

test('a state that fell is drawn before those that stood', () => {
  const stood = Array.from({ length: 6 }, (_, i) =>
    line(`t${i}`, [
      [1, 1],
      [2, 1],
    ]),
  )
  const told = page(
    shown('Up', [
      ...stood,
      line('fell', [
        [1, 1],
        [2, 0],
      ]),
    ]),
  )
  expect(told).toContain('<i class="l0"></i>fell vpc-a')
  expect(told).toContain('and 1 that changed less')
})

test('of those that stood the highest are drawn, and how many are not is told', () => {
  const many = Array.from({ length: 9 }, (_, i) => line(`t${i}`, [[1, i]]))
  const told = page(shown('Ports', many))
  expect(told.match(/class="line /g)).toHaveLength(6)
  expect(told).toContain('t8 vpc-a')
  expect(told).not.toContain('t0 vpc-a')
  expect(told).toContain('and 3 that changed less')
})

test.each([
  ['bps', 1.2e6, '1.2 Mbit/s'],
  ['pps', 250, '250/s'],
  ['s', 0.04, '40.0ms'],
  ['percentunit', 0.125, '12.5%'],
  ['short', 12500, '12.5k'],
])('a scale in %s', (unit, value, text) => {
  expect(page(shown('It', [line('t', [[1, value]])], unit))).toContain(`>${text}<`)
})
