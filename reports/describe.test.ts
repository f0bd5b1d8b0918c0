import { expect, test } from 'vitest'
import type { EventBody } from '../lab/events.ts'
import { describe } from './describe.ts'

const rain = { kind: 'fault', fault: 'loss of 10% of packets', targets: ['nat-gw-a-1'] } as const

test.each<readonly [EventBody, string]>([
  [{ ...rain, phase: 'changed', proof: 'loss of 30%' }, 'loss of 10% of packets changed to loss of 30%'],
  [
    { ...rain, phase: 'gone', proof: '12 lost of 120 packets' },
    'loss of 10% of packets is over: 12 lost of 120 packets',
  ],
  [{ kind: 'stall', lengthNs: 61e6 }, 'the machine stood still for 61.0ms'],
  [{ kind: 'clock', how: 'step', byNs: -2e9 }, 'the clock stepped by −2.00s'],
  [{ kind: 'clock', how: 'drift', byNs: 1.2e6 }, 'the clock drifted by +1.2ms'],
  [{ kind: 'clock', how: 'apart', byNs: 50e6 }, "the lab's clock is +50.0ms off the runner's"],
  [
    { kind: 'steal', mostNs: 10e6, allNs: 20e6, cpus: 2 },
    'the hypervisor took 10.0ms of 300ms from one CPU, 20.0ms from all 2',
  ],
])('%o', (body, text) => {
  expect(describe({ atNs: 0, source: 'patchbay', ...body })).toBe(text)
})
