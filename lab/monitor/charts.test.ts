import { expect, test } from 'vitest'
import { twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { newHistory, ofKind } from '../history.ts'
import charts from './charts.json' with { type: 'json' }
import { keepCharts } from './charts.ts'

const vector = { resultType: 'matrix', result: [{ metric: { tenant: 'tenant-1' }, values: [[1, '2']] }] }
const answer = JSON.stringify({ status: 'success', data: vector })

const lab = ({ topology = withMonitor(twoVpcs), alive = true, out = answer, exit = 0 } = {}) => ({
  topology,
  history: newHistory(),
  alive: () => alive,
  try: async () => ({ out, exit, bracket: { fromNs: 0, toNs: 0 } }),
})
const acts = ({ history }: ReturnType<typeof lab>) => ofKind(history, 'act').map(({ text }) => text)

test('every chart is kept, with how it is shown', async () => {
  const seen = lab()
  await keepCharts(seen)
  const kept = ofKind(seen.history, 'series')
  expect(kept).toHaveLength(charts.length)
  expect(kept[0]).toMatchObject({ chart: { title: 'Sent by workloads', unit: 'bps', legend: '{{tenant}} {{vpc}}' } })
})

test('a monitor that is dead, and one that does not answer, are told of', async () => {
  const [dead, mute] = [lab({ alive: false }), lab({ out: 'curl: (7) Failed to connect', exit: 7 })]
  await Promise.all([dead, mute].map(keepCharts))
  expect(acts(dead)).toEqual(['charts not kept: monitor does not run'])
  expect(acts(mute)[0]).toMatch(/^charts not kept: monitor: Prometheus did not answer /)
})

test('a lab without a monitor keeps nothing, and says nothing', async () => {
  const bare = lab({ topology: twoVpcs as never })
  await keepCharts(bare)
  expect(bare.history.events).toEqual([])
})
