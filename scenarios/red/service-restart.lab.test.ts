// That a restart of ovn-controller costs nothing is found to be untrue where its service restarts it: the chassis
// leaves the SB on the way, and what flows through it is lost for a moment.
//
//     vpc-a-web-1 ── chassis-1, restarted ══ chassis-2 ── vpc-a-app-1
//
// All other chassis take the tunnels to it down when its row goes, and make them anew when it has come again: what
// was on its way to it is lost meanwhile, by tens of milliseconds at least. By a signal nothing would be.

import { expect, test } from 'vitest'
import { inject, restartProcess } from '../../chaos/index.ts'
import { impairment, verify } from '../../checks/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

test('a restart by the service is found out by what it loses', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await using across = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await until(lab, across.sustained, { within: '15s' })

  await using restart = await inject(lab, restartProcess('chassis-1', 'ovn-controller', { by: 'service' }))
  await until(lab, restart.ended, { within: '10s' })
  await restart.heal()
  await until(lab, across.sustained, { within: '15s' })

  expect(await failure(() => verify(lab.history, [impairment({ of: across, is: 'none' })]))).toMatch(
    /^Finding: broken: impairment of probe vpc-a-web-1 → vpc-a-app-1 none, was .* lost/,
  )
})
