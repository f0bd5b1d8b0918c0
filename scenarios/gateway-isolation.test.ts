// When VPC A's active NAT gateway falls silent, with every daemon running and every carrier up, VPC A
// carries on through the standby, and VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╳══ nat-gw-a-1  active  ══╳══ internet
//                               ╚══ nat-gw-a-2  standby ══╝
//
// The patchbay drops all that the gateway sends and all that is sent to it, from one instant on. Nobody
// is told: BFD notices on all sides, after 300 ms; a speaker chooses anew, and OVN needs a turn of its
// pipeline (learned route, northd, flows on each chassis). With room for a busy host, 960 ms.
//
// The gateway has noticed as well, and forgotten all routes; it learns them again before it announces
// any. So on reversion the internet and OVN change their minds within a turn of OVN's pipeline of each
// other, and either gateway has the flow's NAT entry by then. The two turns and a busy host: 660 ms.

import { test } from 'vitest'
import { inject, isolate } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, source, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers } = twoVpcs

const session = 'frr_bgp_peer_state{instance="internet",peer_desc="nat-gw-a-1"}'

test('VPC A carries on through its standby NAT gateway when the active one falls silent', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using silence = await inject(lab, isolate('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs(session, { is: 0 }), { within: '5s' })
  await silence.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: silence, via: 'nat-gw-a-1' }),
    path({ of: users, during: silence, via: 'nat-gw-a-2' }),
    path({ of: users, after: silence, via: 'nat-gw-a-1' }),
    outage({ of: users, during: silence, atMost: limit(timers, { detectedBy: 'bfd', speakers: 1, ovn: 1 }) }),
    outage({ of: users, after: silence, atMost: limit(timers, { speakers: 1, ovn: 1 }) }),
    source({ of: users, during: silence, is: twoVpcs.vpcs.a.publicAddress }),
    source({ of: users, after: silence, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: bystanders, is: 'none' }),
    metric(session, { becomes: 0, during: silence }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
