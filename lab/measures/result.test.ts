import { expect, test } from 'vitest'
import type { FlowRecord } from '../events.ts'
import { death, MS, madeHistory, madeRecord, S, type Story, streamOf } from '../loss/made-history.ts'
import { stretchOf } from '../loss/stretch.ts'
import { figuresOf } from './figures.ts'
import { resultOf } from './result.ts'

const struck = { appliedNs: 3 * S, healingNs: 7 * S }
const carried = [
  { via: 'gw-1', fromNs: 0 },
  { via: 'gw-2', fromNs: 3001 * MS },
  { via: 'gw-1', fromNs: 7101 * MS },
]
const down = [
  { fromNs: 3001 * MS, toNs: 3353 * MS },
  { fromNs: 7101 * MS, toNs: 7125 * MS },
]

function result(records: readonly FlowRecord[], when: Parameters<typeof stretchOf>[2]) {
  const history = madeHistory(records, struck)
  const parts = records.map((record) => {
    const stretch = stretchOf(history, record, when)
    if (typeof stretch === 'string') throw new Error(stretch)
    return { record, stretch }
  })
  const found = resultOf(history, parts)
  if (!found) throw new Error('no record')
  return found
}
const value = (records: readonly FlowRecord[], when: Parameters<typeof stretchOf>[2], name: string) =>
  figuresOf(result(records, when)).find((figure) => figure.name === name)

test('the initial event has a failover time, its reversion a reversion time', () => {
  const records = [madeRecord({ carried, down })]
  expect(result(records, { during: death })).toMatchObject({
    event: 'initial',
    switchover: { from: 'gw-1', to: 'gw-2' },
  })
  expect(value(records, { during: death }, 'failover_time')).toMatchObject({ value: 356 * MS, resolution: 8 * MS })
  expect(value(records, { during: death }, 'additive_backup_delay')).toMatchObject({ value: 0, unit: 'ns' })
  expect(result(records, { after: death })).toMatchObject({
    event: 'reversion',
    switchover: { from: 'gw-2', to: 'gw-1' },
  })
  expect(value(records, { after: death }, 'reversion_time')).toMatchObject({ value: 28 * MS, resolution: 8 * MS })
  expect(value(records, { after: death }, 'failover_time')).toBeUndefined()
})

test('a time without an event tells what there is, and nothing that counts from one', () => {
  const names = figuresOf(result([madeRecord({ carried, down })], {})).map(({ name }) => name)
  expect(names).toContain('loss_of_connectivity_period')
  expect(names.filter((name) => /instant|convergence|failover|reversion/.test(name))).toEqual([])
})

/** Five flows of a stream, cut off for 0, 100, 200, 300 and 400 ms. */
const stream = streamOf(
  [0, 100, 200, 300, 400].map((ms): Story => ({ down: [{ fromNs: 4 * S, toNs: 4 * S + ms * MS }] })),
).filter(({ direction }) => direction === 'forward')

test('of a stream the routes are summarised, counts are added up and the worst flow stands for it', () => {
  const seen = result(stream, { during: death })
  expect(seen).toMatchObject({ flows: 5, routes: { min: 0, median: 200 * MS, max: 400 * MS, average: 200 * MS } })
  expect(seen.connectivity).toMatchObject({ outageNs: 400 * MS, lost: 100 })
  expect(seen.counts).toMatchObject({ sent: 5000, lost: 250 })
  expect(value(stream, { during: death }, 'full_convergence_time')?.value).toBe(1400 * MS)
  expect(value(stream, { during: death }, 'first_route_convergence_time')?.value).toBe(1100 * MS)
  expect(value(stream, { during: death }, 'loss_of_connectivity_period_average')?.value).toBe(200 * MS)
})

test('what never came back was cut off at least that long, which has no resolution', () => {
  const records = [madeRecord({ down: [{ fromNs: 4 * S, toNs: 99 * S }] })]
  const figure = value(records, { during: death }, 'loss_of_connectivity_period')
  expect(figure).toEqual({ name: 'loss_of_connectivity_period', value: 5996 * MS, unit: 'ns' })
  expect(value(records, { during: death }, 'full_convergence_time')).toBeUndefined()
  expect(value(records, { during: death }, 'recovery_instant')).toBeUndefined()
})

test('every figure of time says how exactly it is known, but for those that were read off packets', () => {
  const figures = figuresOf(result([madeRecord({ carried, down })], { during: death }))
  const exact = figures.filter(({ unit, resolution }) => unit === 'ns' && resolution === undefined)
  expect(exact.map(({ name }) => name.replace(/_(min|p50|p99|max|abs_p99)$/, ''))).toEqual([
    'packet_sampling_interval',
    ...Array(4).fill('one_way_delay'),
    ...Array(3).fill('ipdv'),
  ])
})
