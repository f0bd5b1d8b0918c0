// Every kind of node can be frozen, shut down, rebooted and lost, and comes back: with its ports bound, its
// flows installed and its sessions up. The lab's own comparison of its end with its beginning is part of
// the test.
//
//     central ─ chassis-1, chassis-2 ─ nat-gw-a-1, vpc-a-web-1      one node at a time, the others go on

import { test } from 'vitest'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { startLab, steadyState, until } from '../lab/index.ts'
import { inject } from './inject.ts'
import { kill } from './kill.ts'
import { pause } from './pause.ts'
import { restart, stop } from './stop.ts'

test('every kind of node freezes, is shut down, reboots or dies, and the lab is as before', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const faults = [
    pause('central'),
    pause('chassis-2'),
    pause('nat-gw-a-1'),
    pause('vpc-a-web-1'),
    stop('nat-gw-a-1'),
    stop('chassis-2'),
    kill('chassis-1'),
    kill('vpc-a-web-1'),
    restart('vpc-a-web-1'),
  ]
  for (const fault of faults) {
    const injected = await inject(lab, fault)
    await injected.heal()
    await until(lab, steadyState, { within: '30s' })
  }
})
