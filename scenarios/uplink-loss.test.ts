// When VPC A's active NAT gateway loses its link to the internet, VPC A carries on through the standby,
// and VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active  ══╳══ internet
//                               ╚══ nat-gw-a-2  standby ══╝
//
// Towards OVN the gateway is as well as ever: what a check of its inside alone would never find. Both
// ends of the link see the carrier go, so nothing has to be detected: BGP drops the session at once, the
// gateway withdraws the default, and OVN needs a turn of its pipeline (learned route, northd, flows on
// each chassis: about 100 ms). 500 ms leaves room for a busy host, and is less than BFD and a turn of
// the pipeline would be allowed.
//
// On reversion the gateway announces both ways once it has heard the internet; the internet changes its
// mind at once and OVN after a turn, and either gateway has the flow's NAT entry. 500 ms.

import { test } from 'vitest'
import { inject, linkDown } from '../chaos/index.ts'
import { impairment, outage, path, source, verify } from '../checks/index.ts'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

test('VPC A carries on through its standby NAT gateway when the active one loses its uplink', async (run) => {
  await using lab = await startLab(twoVpcs, run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
  await until(lab, users.sustained, { within: '15s' })
  await until(lab, bystanders.sustained, { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using cut = await inject(lab, linkDown('nat-gw-a-1', 'internet'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await cut.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, users.sustained, { within: '10s' })
  await until(lab, bystanders.sustained, { within: '10s' })

  verify(lab.history, [
    path({ of: users, before: cut, via: 'nat-gw-a-1' }),
    path({ of: users, during: cut, via: 'nat-gw-a-2' }),
    path({ of: users, after: cut, via: 'nat-gw-a-1' }),
    outage({ of: users, during: cut, atMost: '500ms' }),
    outage({ of: users, after: cut, atMost: '500ms' }),
    source({ of: users, during: cut, is: twoVpcs.vpcs.a.publicAddress }),
    source({ of: users, after: cut, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: bystanders, is: 'none' }),
  ])
})
