import { expect, test } from 'vitest'
import { death, madeHistory, S } from '../loss/made-history.ts'
import { OWN_SERIES, ownSeries } from './own-series.ts'

const lines = async (history: Parameters<typeof ownSeries>[0]) =>
  (await ownSeries(history, 'nat-failover')).split('\n').filter((line) => line !== '' && !line.startsWith('#'))

test('a fault is in force until it let go, and both instants are told', async () => {
  const striking = madeHistory([], { appliedNs: 3 * S })
  const over = madeHistory([], { appliedNs: 3 * S, healingNs: 8 * S })
  const inForce = (value: number) => `gameday_fault_in_force{fault="${death.name}",target="nat-gw-a-1"} ${value}`
  expect(await lines(striking)).toContain(inForce(1))
  expect((await lines(striking)).filter((line) => line.startsWith('gameday_fault_healed'))).toEqual([])
  expect(await lines(over)).toContain(inForce(0))
  const at = (await lines(over)).flatMap((line) => /timestamp_seconds\{fault=.*\} (\S+)/.exec(line)?.[1] ?? [])
  expect(Number(at[1]) - Number(at[0])).toBeCloseTo(5, 3)
})

test('verdicts are counted, and of each flow the longest outage is told', async () => {
  const history = madeHistory([])
  const measure = (value: number) =>
    ({ name: 'loss_of_connectivity_period', value, unit: 'ns', flow: 'probe a → b', direction: 'forward' }) as const
  for (const [is, ms] of [
    ['upheld', 200],
    ['upheld', 400],
    ['broken', 300],
  ] as const)
    history.record('scenario', { kind: 'verdict', claim: '', is, measured: '', measures: [measure(ms * 1e6)] })
  const told = await lines(history)
  expect(told).toContain('gameday_verdicts{is="upheld"} 2')
  expect(told).toContain('gameday_verdicts{is="broken"} 1')
  expect(told).toContain('gameday_outage_seconds{flow="probe a → b",direction="forward"} 0.4')
})

test('acts stay few, however many there were, and every series has a name that is known', async () => {
  const history = madeHistory([])
  for (let i = 0; i < 100; i++) history.record('lab', { kind: 'act', text: `step ${i}`, tookNs: S })
  const told = await lines(history)
  expect(told.filter((line) => line.startsWith('gameday_act'))).toHaveLength(32)
  expect(told.map((line) => /^\w+/.exec(line)?.[0] ?? '').filter((name) => !(name in OWN_SERIES))).toEqual([])
})
