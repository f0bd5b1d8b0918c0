// A gateway that makes its AS path longer, towards OVN and towards the internet, loses its users to the standby and
// they hardly notice: the way to drain a gateway before maintenance.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  path 3 longer ══╦══ internet
//                               ╚══ nat-gw-a-2  path 2 longer ══╝
//
// Nothing fails and nothing is detected: the gateway serves all the while whoever still comes. The internet and the
// chassis' speaker hear the longer paths at about the same time, and choose the standby's; OVN needs a turn of
// its pipeline more. Until then what comes back through the standby meets no NAT entry: a speaker's turn, a turn of OVN,
// and room for a busy host, 660 ms. Coming back is free, because the old gateway still knows the flows: the same limit.

import { test } from 'vitest'
import { inject, pathPrepended } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, source, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, bestPath, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers } = twoVpcs
const { publicAddress } = twoVpcs.vpcs.a
const atMost = limit(timers, { speakers: 1, ovn: 1 })

const way = (hop: string) => `ovn_logical_router_default_route{vpc="vpc-a",nexthop="${hop}"}`

test('users of a gateway that is drained by its AS path go to the standby', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '250pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '250pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using drain = await inject(lab, pathPrepended('nat-gw-a-1', { times: 3 }))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '15s' })
  await until(lab, bestPath(`${publicAddress}/32`, { at: 'internet', from: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs(way('10.0.255.253'), { is: 1 }), { within: '5s' })
  await drain.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '15s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: drain, via: 'nat-gw-a-1' }),
    path({ of: users, during: drain, via: 'nat-gw-a-2' }),
    outage({ of: users, during: drain, atMost }),
    outage({ of: users, after: drain, atMost }),
    source({ of: users, during: drain, is: publicAddress }),
    impairment({ of: bystanders, is: 'none' }),
    metric(way('10.0.255.253'), { becomes: 1, during: drain }),
    metric('frr_bgp_peer_state{vpc="vpc-a"}', { is: 1, during: drain }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
