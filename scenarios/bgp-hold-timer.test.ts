// Where no BFD watches a BGP session, a gateway that falls silent is missed when the hold time is over, and not
// before: the hold time is the outage.
//
//     vpc-a-web-1 ── lr-vpc-a ══╳══ nat-gw-a-1  active  ══╳══ internet
//                               ╚══ nat-gw-a-2  standby ══╝
//
// The lab is the reference lab without BFD. Every carrier stays up, so that nobody is told. Each peer's hold timer
// was last started by a keepalive, which comes every second: what is left of the 3 s is between 2 s and 3 s
// (RFC 4271 §4.4, §6.5). Then a speaker chooses anew, and OVN needs a turn of its pipeline. With room
// for a busy host 3660 ms; gateway-isolation is the same story with BFD, and claims 960 ms.
//
// On its return nobody tells its peers that it is there: each tries again by its own ConnectRetry. If the internet is
// first, what comes back meets a gateway that does not know the way into the VPC yet, for up to a second more: 1660 ms.

import { test } from 'vitest'
import { inject, isolate } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor, withTimers } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const topology = withTimers(twoVpcs, 'without-bfd')
const { timers } = topology
const { holdS, keepaliveS } = timers.bgp

const session = 'frr_bgp_peer_state{instance="internet",peer_desc="nat-gw-a-1"}'

test('without BFD, VPC A is cut off from a silent gateway for the hold time of BGP', async (run) => {
  await using lab = await startLab(withMonitor(topology), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '250pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '250pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using silence = await inject(lab, isolate('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs(session, { is: 0 }), { within: '5s' })
  await silence.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: silence, via: 'nat-gw-a-1' }),
    path({ of: users, during: silence, via: 'nat-gw-a-2' }),
    outage({
      of: users,
      during: silence,
      atLeast: `${holdS - keepaliveS}s`,
      atMost: limit(timers, { detectedBy: 'hold-time', speakers: 1, ovn: 1 }),
    }),
    outage({ of: users, after: silence, atMost: limit(timers, { begun: 1, speakers: 1, ovn: 1 }) }),
    impairment({ of: bystanders, is: 'none' }),
    metric(session, { becomes: 0, during: silence }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
