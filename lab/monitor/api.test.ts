// What Prometheus may answer, and what becomes of it. A lab of which only its monitor's console is there.

import { expect, test } from 'vitest'
import { twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { metricIs } from '../conditions/metric.ts'
import { newHistory } from '../history.ts'
import type { Lab } from '../types.ts'
import { instant, range } from './api.ts'

function labThatSays(out: unknown, exit = 0, topology = withMonitor(twoVpcs)) {
  const asked: string[] = []
  const history = newHistory()
  const lab = {
    topology,
    history,
    try: async (_: string, command: string) => {
      asked.push(command)
      return { out: typeof out === 'string' ? out : JSON.stringify(out), exit, bracket: { fromNs: 0, toNs: 0 } }
    },
  } as unknown as Lab
  return { lab, asked, history }
}

const success = (resultType: string, result: unknown) => ({ status: 'success', data: { resultType, result } })
const unixS = (epoch: string) => Number(BigInt(epoch) / 1_000_000n) / 1000

test('values come with their instants on the history’s clock, and what is no number is left out', async () => {
  const made = labThatSays('')
  const at = unixS(made.history.epoch)
  const { lab } = labThatSays(
    success('matrix', [
      {
        metric: { a: 'b' },
        values: [
          [at + 1, '2'],
          [at + 2, 'NaN'],
          [at + 3, '+Inf'],
        ],
      },
    ]),
  )
  const shift = Number(BigInt(made.history.epoch) - BigInt(lab.history.epoch))
  const event = await range(lab, 'x', 0, 5e9)
  expect(event.series[0]?.labels).toEqual({ a: 'b' })
  const points = event.series[0]?.points ?? []
  expect(points.map(([, value]) => value)).toEqual([2, Number.POSITIVE_INFINITY])
  expect((points[0]?.[0] ?? 0) - shift).toBeCloseTo(1e9, -7)
})

test('a range is asked for in whole milliseconds, a value each second, and the query is one word of bash', async () => {
  const { lab, asked } = labThatSays(success('matrix', []))
  await range(lab, `up{instance="it's"}`, 0, 5e9)
  expect(asked[0]).toMatch(/--data-urlencode 'query=up\{instance="it'\\''s"\}' --data-urlencode 'start=\d+\.\d{3}'/)
  expect(asked[0]).toContain("'step=1'")
})

test.each([
  [
    'no PromQL',
    { status: 'error', errorType: 'bad_data', error: 'parse error' },
    0,
    'ScenarioError: no PromQL: x: parse error',
  ],
  [
    'a query that took too long',
    { status: 'error', errorType: 'timeout', error: 'too long' },
    0,
    'LabError: monitor: Prometheus could not answer x: too long',
  ],
  [
    'a number in place of series',
    success('scalar', [1, '2']),
    0,
    'ScenarioError: x gives a scalar; wanted series: put it into vector()',
  ],
  ['no answer', 'curl: (7) refused', 7, 'LabError: monitor: Prometheus did not answer x: curl: (7) refused'],
  ['something else', '<html>', 0, 'LabError: monitor: Prometheus answered x with: <html>'],
])('%s is told in one line', async (_, out, exit, says) => {
  const { lab } = labThatSays(out, exit)
  expect(await instant(lab, 'x').catch(String)).toBe(says)
})

test('a lab without a monitor is refused', async () => {
  const { lab } = labThatSays('', 0, twoVpcs as never)
  expect(await instant(lab, 'up').catch(String)).toBe(
    'ScenarioError: two-vpcs has no monitor, wanted for up; start the lab withMonitor(topology)',
  )
})

test.each([
  [
    'every series is as wanted',
    [
      ['a', '1'],
      ['b', '1'],
    ],
    true,
    'up{i="a"} is 1, up{i="b"} is 1',
  ],
  [
    'one is not',
    [
      ['a', '1'],
      ['b', '0'],
    ],
    false,
    'up{i="b"} is 0',
  ],
  ['there is none', [], false, 'no such series'],
])('a condition on a metric: %s', async (_, rows, holds, saw) => {
  const result = rows.map(([i, value]) => ({ metric: { __name__: 'up', i }, value: [1, value] }))
  const { lab } = labThatSays(success('vector', result))
  expect(await metricIs('up', { is: 1 }).look(lab)).toEqual({ holds, saw })
})
