// Every daemon of a central node, a chassis and a gateway can be killed, frozen and restarted, and serves again; the
// lab is then as it was before: the lab's own comparison of its end with its beginning is part of the test.
//
//     central ─ chassis-1 ─ nat-gw-a-1 ─ internet      one daemon at a time, the others go on

import { test } from 'vitest'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { nightly, startLab } from '../lab/index.ts'
import { inject } from './inject.ts'
import { freezeProcess, killProcess, restartProcess } from './processes.ts'

test.for(['nat-gw-a-1', 'vpc-a-web-1', ...nightly('central', 'chassis-1')])(
  'every daemon of %s dies, freezes and restarts, and the lab is as before',
  async (node, run) => {
    await using lab = await startLab(twoVpcs, run)
    for (const { role } of lab.daemons(node)) {
      for (const fault of [killProcess, freezeProcess, restartProcess]) {
        const injected = await inject(lab, fault(node, role))
        await injected.heal()
      }
    }
  },
)

test('every daemon of a chassis is restarted by its service, and the lab is as before', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  for (const { role } of lab.daemons('chassis-2')) {
    const injected = await inject(lab, restartProcess('chassis-2', role, { by: 'service' }))
    await injected.heal()
  }
})
