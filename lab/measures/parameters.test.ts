import { expect, test } from 'vitest'
import { newHistory } from '../history.ts'
import { labParameters, parametersIn, probeParameters, sustainedNsOf } from './parameters.ts'

const topology = {
  name: 'two-vpcs',
  timers: {
    bfd: { intervalMs: 100, multiplier: 3 },
    tunnelBfd: { intervalMs: 200, multiplier: 3 },
    bgp: { keepaliveS: 1, holdS: 3, connectRetryS: 1, advertisementS: 0 },
  },
}
const users = { flow: 'users', flows: 16, ratePps: 250, thresholdNs: 2e9, sustainedNs: 5e9 }

test('every timer of the lab is told, with the detection time that follows from it', () => {
  const history = newHistory()
  history.record('lab', labParameters(topology as Parameters<typeof labParameters>[0], { frr: '10.3' }))
  expect(parametersIn(history)).toEqual({
    topology: 'two-vpcs',
    bfd_interval_ms: 100,
    bfd_multiplier: 3,
    bfd_expected_detection_time_ms: 300,
    tunnel_bfd_interval_ms: 200,
    tunnel_bfd_multiplier: 3,
    tunnel_bfd_expected_detection_time_ms: 600,
    bgp_keepalive_s: 1,
    bgp_hold_time_s: 3,
    bgp_connect_retry_s: 1,
    bgp_advertisement_interval_s: 0,
    version_frr: '10.3',
  })
})

test('a flow has its own, as the stream that it is one of', () => {
  const history = newHistory()
  history.record('traffic', probeParameters(users))
  expect(parametersIn(history, 'users')).toMatchObject({
    probe_gap_ms: 4,
    forwarding_delay_threshold_ms: 2000,
    sustained_validation_time_ms: 5000,
  })
  expect(parametersIn(history)).toEqual({})
  expect(sustainedNsOf(history, { flow: 'users #3', of: 'users' })).toBe(5e9)
  expect(sustainedNsOf(history, { flow: 'others' })).toBe(1e9)
})
