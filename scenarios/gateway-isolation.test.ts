// When VPC A's active NAT gateway falls silent, with every daemon running and every carrier up, VPC A
// carries on through the standby, and VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╳══ nat-gw-a-1  active  ══╳══ internet
//                               ╚══ nat-gw-a-2  standby ══╝
//
// The patchbay drops all that the gateway sends and all that is sent to it, from one instant on. Nobody
// is told: BFD at 3 × 100 ms notices after 300 ms on all sides, and OVN needs a turn of its pipeline
// (learned route, northd, flows on each chassis: about 100 ms) on top. 1 s leaves room for a busy host.
//
// The gateway has noticed as well, and forgotten all routes; it learns them again before it announces
// any. So on reversion the internet and OVN change their minds within a turn of OVN's pipeline of each
// other, and either gateway has the flow's NAT entry by then. 500 ms, again for a busy host.

import { test } from 'vitest'
import { inject, isolate } from '../chaos/index.ts'
import { impairment, outage, path, source, verify } from '../checks/index.ts'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

test('VPC A carries on through its standby NAT gateway when the active one falls silent', async (run) => {
  await using lab = await startLab(twoVpcs, run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
  await until(lab, users.sustained, { within: '15s' })
  await until(lab, bystanders.sustained, { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using silence = await inject(lab, isolate('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await silence.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, users.sustained, { within: '10s' })
  await until(lab, bystanders.sustained, { within: '10s' })

  verify(lab.history, [
    path({ of: users, before: silence, via: 'nat-gw-a-1' }),
    path({ of: users, during: silence, via: 'nat-gw-a-2' }),
    path({ of: users, after: silence, via: 'nat-gw-a-1' }),
    outage({ of: users, during: silence, atMost: '1s' }),
    outage({ of: users, after: silence, atMost: '500ms' }),
    source({ of: users, during: silence, is: twoVpcs.vpcs.a.publicAddress }),
    source({ of: users, after: silence, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: bystanders, is: 'none' }),
  ])
})
