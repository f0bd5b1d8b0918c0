// What the instrument sees of itself on this machine now, while nothing is broken: the noise floor, below
// which no outage can be told from nothing. A run of its own; every other run has a control run before its
// first fault, and prints the same figures.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ══╗
//                                             ╠══ internet        no fault at all
//     vpc-b-web-1 ── lr-vpc-b ── nat-gw-b-1 ══╝
//
// The shortest thing that anybody asks of the instrument is a detection by BFD, 3 × 100 ms. A gap of half of
// that leaves it seen, and is the stall at which the machine itself counts as standing still: 150 ms. BFD's own
// packets take the same ways as the probes: were one probe in a hundred later than BFD's interval of 100 ms,
// sessions would be near their end without any fault. 10 s are 5000 probes each way, and twice what RFC 6412
// (§3.7.5) has a validation take at least. And of what is quiet nobody is paged: no alert fires.

import { test } from 'vitest'
import { impairment, noiseFloor, quiet, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { alerts, ask, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

test('the instrument sees nothing that could pass for a failure while nothing is broken', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  const steady = { to: 'internet', rate: '500pps', sustainedFor: '10s' } as const
  await using tenant1 = await send(lab, probe({ from: 'vpc-a-web-1', ...steady }))
  await using tenant2 = await send(lab, probe({ from: 'vpc-b-web-1', ...steady }))
  await Promise.all([tenant1, tenant2].map(({ sustained }) => until(lab, sustained, { within: '40s' })))

  const claims = [
    impairment({ of: [tenant1, tenant2], is: 'none' }),
    noiseFloor({ of: [tenant1, tenant2], gap: '150ms', delay: '100ms' }),
    ...alerts.map(({ name }) => quiet({ alert: name })),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
