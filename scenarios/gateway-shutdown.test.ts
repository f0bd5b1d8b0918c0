// When VPC A's active NAT gateway is shut down by its operator, it says goodbye, and VPC A is with the standby
// before anybody has missed it. VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active, shut down  ══╦══ internet
//                               ╚══ nat-gw-a-2  standby            ══╝
//
// Its daemons are ended one by one, those first that were started last. bgpd says Cease to its peers (RFC 4486,
// administrative shutdown), and they drop its routes at once: nothing has to be detected, as it has after a death,
// where BFD takes 300 ms. What follows is what follows a lost uplink: the internet and the chassis' speaker choose
// anew, and OVN needs a turn of its pipeline; with room for a busy host 660 ms. Until the node is gone its
// kernel forwards what still comes.
//
// The return is that of nat-failover: the same.

import { test } from 'vitest'
import { inject, stop } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, source, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const atMost = limit(twoVpcs.timers, { speakers: 1, ovn: 1 })

const up = 'up{job="node",instance="nat-gw-a-1"}'

test('VPC A carries on through its standby NAT gateway when the active one is shut down', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using shutdown = await inject(lab, stop('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs(up, { is: 0 }), { within: '5s' })
  await shutdown.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: shutdown, via: 'nat-gw-a-1' }),
    path({ of: users, during: shutdown, via: 'nat-gw-a-2' }),
    path({ of: users, after: shutdown, via: 'nat-gw-a-1' }),
    outage({ of: users, during: shutdown, atMost }),
    outage({ of: users, after: shutdown, atMost }),
    source({ of: users, during: shutdown, is: twoVpcs.vpcs.a.publicAddress }),
    source({ of: users, after: shutdown, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: bystanders, is: 'none' }),
    metric(up, { becomes: 0, during: shutdown }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
