import { expect, test } from 'vitest'
import { byWay, dropsIn } from './drops.ts'

const fault = 'death of bgpd on nat-gw-a-1'
const verdict = (claim: string, outages: readonly number[], is = 'upheld') =>
  JSON.stringify({
    kind: 'verdict',
    claim,
    is,
    measures: outages.map((value) => ({ name: 'loss_of_connectivity_period', value, unit: 'ns' })),
  })
const outage = (when: string, limit: string) => `outage of probe vpc-a-web-1 → internet ${when} ${fault} ${limit}`

test('of both directions the worse counts, and of other claims nothing', () => {
  const history = [
    JSON.stringify({ epoch: '1' }),
    verdict(outage('during', 'at most 660ms'), [120e6, 140e6]),
    verdict(outage('after', 'at least 2s and at most 3.1s'), [2.5e9]),
    verdict('path of probe vpc-a-web-1 → internet before it through nat-gw-a-1', []),
  ].join('\n')
  expect(dropsIn(history)).toEqual([
    { way: `during ${fault}`, limitNs: 660e6, outageNs: 140e6 },
    { way: `after ${fault}`, limitNs: 3.1e9, outageNs: 2.5e9 },
  ])
})

test('what was not decided is no measurement', () => {
  expect(dropsIn(verdict(outage('during', 'at most 660ms'), [1e6], 'undecided'))).toEqual([])
  expect(dropsIn('')).toEqual([])
})

test('runs of one way come to their median and worst', () => {
  const run = (ns: number) => dropsIn(verdict(outage('during', 'at most 660ms'), [ns]))
  expect(byWay([100e6, 300e6, 200e6].flatMap(run))).toEqual([
    { way: `during ${fault}`, limitNs: 660e6, outage: { least: 100e6, median: 200e6, most: 300e6, count: 3 } },
  ])
})
