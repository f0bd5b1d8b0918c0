// What data-only-loss claims breaks where somebody does notice: BFD lost in place of data ends within half a second in
// the standby's hands.

import { expect, test } from 'vitest'
import { block, inject, lasting } from '../../chaos/index.ts'
import { metric, outage, verify } from '../../checks/index.ts'
import { twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { ask, nextHop, startLab, steadyState, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

test('that nobody notices is broken where BFD is lost and data is not', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await until(lab, users.sustained, { within: '15s' })

  const loss = block({ between: ['nat-gw-a-1', 'internet'], what: 'bfd' })
  await using deafness = await inject(lab, lasting(loss, '4s'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '4s' })
  await until(lab, deafness.ended, { within: '10s' })
  await deafness.heal()
  await until(lab, steadyState, { within: '30s' })
  await until(lab, users.sustained, { within: '10s' })

  const unnoticed = outage({ of: users, during: deafness, atLeast: '3500ms', atMost: '4500ms' })
  const alive = metric('frr_bfd_peer_state{instance="nat-gw-a-1"}', { is: 1, during: deafness })
  await ask(lab, [alive])
  expect(await failure(() => verify(lab.history, [alive]))).toMatch(
    /^Finding: broken: frr_bfd_peer_state.* was .* 0 to [01]/,
  )
  expect(await failure(() => verify(lab.history, [unnoticed]))).toMatch(
    /^Finding: broken: outage of probe vpc-a-web-1 → internet during block of BFD between nat-gw-a-1 and internet for 4s at least 3500ms and at most 4500ms, was /,
  )
})
