import { expect, test } from 'vitest'
import { flat } from './flat.ts'

test('every number has its unit in its name, once, and its resolution beside it', () => {
  expect(
    flat([
      { name: 'failover_time', value: 351.2e6, unit: 'ns', resolution: 4e6 },
      { name: 'one_way_delay_p99', value: 9e6, unit: 'ns' },
      { name: 'lost', value: 88, unit: 'packets' },
      { name: 'loss_periods', value: 2, unit: 'periods' },
      { name: 'achieved_rate', value: 249.7, unit: 'pps' },
    ]),
  ).toEqual({
    failover_time_ms: 351.2,
    failover_time_resolution_ms: 4,
    one_way_delay_p99_ms: 9,
    lost_packets: 88,
    loss_periods: 2,
    achieved_rate_pps: 249.7,
  })
})
