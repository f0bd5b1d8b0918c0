import { expect, test } from 'vitest'
import { withMonitor } from '../../../fixtures/monitor.ts'
import { twoVpcs } from '../../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from '../broken.ts'

const monitored = withMonitor(twoVpcs)

test.each<Row>([
  [
    'a network without room',
    { 'monitor.network': '192.0.2.0/29' },
    'monitor: network 192.0.2.0/29 has 6 hosts, and 10 nodes stand on it; take a larger one',
  ],
  ['a name that is taken', { 'monitor.name': 'central' }, 'central is taken by'],
  ["the fabric's range", { 'monitor.network': '172.20.0.0/16' }, 'overlaps fabric.cidr 172.20.0.0/24'],
])('%s is refused', (_, changes, says) => {
  expect(refusal(changed(monitored, changes))).toContain(says)
})

test('the fixture is sound', () => {
  expect(refusal(monitored)).toBe('nothing wrong')
})
