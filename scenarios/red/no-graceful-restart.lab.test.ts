// Without graceful restart the death of a gateway's bgpd is felt: what bgp-graceful-restart claims of it, with BFD
// ignored, goes red, with what was lost while all moved to the standby.
//
//     vpc-a-web-1 ── lr-vpc-a ══ nat-gw-a-1  bgpd †  ══ internet
//                        ╚══════ nat-gw-a-2  ═══════════════╝
//
// Its kernel's routes go with its bgpd, at once, and OVN needs a turn of the speaker and of its own to know.

import { expect, test } from 'vitest'
import { inject, killProcess } from '../../chaos/index.ts'
import { impairment } from '../../checks/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { nextHop, startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'

test('packets are lost when a bgpd dies whose routes nobody keeps', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '250pps' }))
  await until(lab, users.sustained, { within: '15s' })
  await using death = await inject(lab, killProcess('nat-gw-a-1', 'bgpd'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })
  await death.heal()
  await until(lab, users.sustained, { within: '10s' })
  await users.stop()

  expect(impairment({ of: users, during: death, is: 'none' }).judge(lab.history)).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/during death of bgpd on nat-gw-a-1 none, was forward [1-9]\d* lost/),
  })
})
