// Where only one of two gateway chassis claims, there is no split brain, and whoever waits for the other's claim
// is told who has the port, and whoever counts claims that there was no second one.
//
//     chassis-1 ══╳══ fabric ══ chassis-2, witness, SB      cut off from all, not from one
//
// chassis-2 claims after BFD's 600 ms and keeps the port; a robbed chassis that still reached the SB would
// claim it back within half a second, so that 3 s are well beyond it.

import { expect, test } from 'vitest'
import { FABRIC, inject, linkDown } from '../../chaos/index.ts'
import { metric, verify } from '../../checks/index.ts'
import { twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { ask, gatewayPort, startLab, until } from '../../lab/index.ts'
import { failure } from './failure.ts'

test('a chassis that is cut off from everybody claims nothing back', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using cut = await inject(lab, linkDown('chassis-1', FABRIC))
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-2' }), { within: '4s' })

  expect(await failure(() => until(lab, gatewayPort('vpc-a', { on: 'chassis-1' }), { within: '3s' }))).toMatch(
    /^Finding: waited 3s for the gateway port of vpc-a to be on chassis-1; last saw it is on chassis-2$/,
  )
  const moves = metric('ovn_port_binding_claims_total{logical_port="cr-lrp-vpc-a-nat"}', { risesBy: 2 })
  await ask(lab, [moves])
  expect(await failure(() => verify(lab.history, [moves]))).toMatch(/rises by at least 2, was .*\d+ to \d+/)
  await cut.heal()
})
