import { expect, test } from 'vitest'
import { inForce, parametersOf, timerLines } from './parameters.ts'
import { natFailover } from './testing/nat-failover.ts'

const run = natFailover()
const flow = 'probe vpc-a-web-1 → internet'

test('what was recorded is told, for machines and for people', () => {
  const told = inForce(run)
  expect(told.run).toMatchObject({ bfd_interval_ms: 100, bfd_expected_detection_time_ms: 300, version_frr: '10.3-1' })
  expect(told.flows[flow]).toMatchObject({ probe_gap_ms: 1, forwarding_delay_threshold_ms: 2000 })
  expect(parametersOf(told)).toContainEqual(['BFD of tunnels', '200ms × 3 = 600ms'])
  expect(parametersOf(told)).toContainEqual([
    flow,
    '1000 pps each way, 32 bytes of payload, lost after 2.00s, validated for 1.00s, sampled each 10.0ms at least, tenant-1',
  ])
})

test('a history of before has its timers from the topology and its rates from the flows', () => {
  const old = { ...run, events: run.events.filter(({ kind }) => kind !== 'parameters') }
  expect(inForce(old).run).toMatchObject({ bgp_hold_time_s: 3 })
  expect(parametersOf(inForce(old))).toContainEqual([flow, '1000 pps each way, tenant-1'])
})

test('a run without lab or flows has none', () => {
  const none = inForce({ events: [], versions: {} })
  expect([parametersOf(none), timerLines(none)]).toEqual([[], []])
})

test('parameters of other traffic are told by their names', () => {
  const events = [
    { atNs: 0, source: 'traffic', kind: 'parameters', of: 'http', values: { connections: 10, rate_rps: 200 } },
  ] as const
  expect(parametersOf(inForce({ events, versions: {} }))).toEqual([['http', 'connections 10, rate_rps 200']])
})
