// When VPC A's active NAT gateway dies, VPC A carries on through the standby,
// and VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active  ══╦══ internet
//                               ╚══ nat-gw-a-2  standby ══╝
//
// Death silences every daemon and every link of the gateway at one instant. BFD runs at
// 3 × 100 ms, so detection takes 300 ms; both speakers then withdraw the dead next hop, and the
// internet the dead path, and what the standby announces is already there. OVN needs a turn of
// its pipeline (learned route, northd, flows on each chassis: about 100 ms) on top. 1 s leaves
// room for a busy host.
//
// On reversion nothing is detected, but the internet changes its mind at once and OVN only after
// that turn: what it sends in between meets a gateway that has not seen the flow yet. 500 ms.

import { test } from 'vitest'
import { inject, kill } from '../chaos/index.ts'
import { impairment, outage, path, source, verify } from '../checks/index.ts'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

test('VPC A carries on through its standby NAT gateway when the active one dies', async (run) => {
  await using lab = await startLab(twoVpcs, run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
  await until(lab, users.sustained, { within: '15s' })
  await until(lab, bystanders.sustained, { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using death = await inject(lab, kill('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await death.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, users.sustained, { within: '10s' })
  await until(lab, bystanders.sustained, { within: '10s' })

  verify(lab.history, [
    path({ of: users, before: death, via: 'nat-gw-a-1' }),
    path({ of: users, during: death, via: 'nat-gw-a-2' }),
    path({ of: users, after: death, via: 'nat-gw-a-1' }),
    outage({ of: users, during: death, atMost: '1s' }),
    outage({ of: users, after: death, atMost: '500ms' }),
    source({ of: users, during: death, is: twoVpcs.vpcs.a.publicAddress }),
    source({ of: users, after: death, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: bystanders, is: 'none' }),
  ])
})
