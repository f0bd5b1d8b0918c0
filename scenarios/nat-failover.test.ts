// When VPC A's active NAT gateway dies, VPC A carries on through the standby,
// and VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active  ══╦══ internet
//                               ╚══ nat-gw-a-2  standby ══╝
//
// Death silences every daemon and every link of the gateway at one instant. BFD notices; the speakers on
// the chassis then choose anew, and beside them the internet, and what the standby announces is already
// there: one speaker's turn. OVN needs a turn of its pipeline on top (learned route, northd, flows on each
// chassis). With BFD at 3 × 100 ms that is 960 ms, and 1560 ms with FRR's own 3 × 300 ms; half a second
// of either is room for a busy host.
//
// On reversion nothing is detected and the standby goes on serving, but the internet changes its mind at
// once and OVN only after its turn: what comes back in between meets a gateway that has not seen the flow
// yet. The internet's session may be back before the speaker's, by as much as it takes to begin one anew (ConnectRetry,
// and BFD, which begins at 1 s): mostly nothing is lost, 1.07 s once. With the turns of a speaker and of OVN, and a busy
// host: 2660 ms.
//
// Where the router has static defaults that OVN's own BFD watches, it notices as fast, and its turn is the same. But
// OVN's BFD is up again as soon as bfdd is, and says nothing of whether the gateway has a way out yet: it is sent to at
// once. It has its default when BGP with the internet has begun anew, and with the last of OVN's speakers, for whom it
// waits: 4620 ms. So the return costs users seconds, where BGP costs them nothing.
//
// Over OSPF the internet calculates its shortest paths anew where it had chosen among AS paths: at once, or once the
// hold time of 50 ms is over. Its route comes sooner than OVN's. On reversion the gateway has one more thing to do:
// ospfd hears of the internet's default, bgpd takes it over and tells the speaker, which chooses.

import { test } from 'vitest'
import { inject, kill } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, source, type Turns, verify } from '../checks/index.ts'
import { twoVpcs, twoVpcsOspf, twoVpcsStaticEgress, withMonitor, withTimers } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, nightly, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const up = 'up{job="node",instance="nat-gw-a-1"}'

type Costs = { readonly during: Turns; readonly after: Turns }

const bgp: Costs = {
  during: { detectedBy: 'bfd', speakers: 1, ovn: 1 },
  after: { begun: 1, speakers: 1, ovn: 1 },
}
const ospf: Costs = {
  during: { detectedBy: 'bfd', spf: 1, speakers: 1, ovn: 1 },
  after: { spf: 1, speakers: 2, ovn: 1 },
}

const statics: Costs = { during: { detectedBy: 'bfd', speakers: 1, ovn: 1 }, after: { begun: 2, speakers: 2 } }

test.for([
  { speaking: 'BGP with fast timers', topology: twoVpcs, costs: bgp },
  { speaking: 'OSPF with fast timers', topology: twoVpcsOspf, costs: ospf },
  ...nightly(
    { speaking: 'BGP with default timers', topology: withTimers(twoVpcs, 'default'), costs: bgp },
    { speaking: 'OVN with static routes and BFD', topology: twoVpcsStaticEgress, costs: statics },
  ),
])(
  'VPC A carries on through its standby NAT gateway when the active one dies, $speaking',
  async ({ topology, costs }, run) => {
    const { timers } = topology
    await using lab = await startLab(withMonitor(topology), run)

    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
    await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

    await using death = await inject(lab, kill('nat-gw-a-1'))
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
    await until(lab, users.sustained, { within: '10s' })

    await until(lab, metricIs(up, { is: 0 }), { within: '5s' })
    await death.heal()
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
    await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

    await until(lab, metricIs(up, { is: 1 }), { within: '10s' })
    const claims = [
      path({ of: users, before: death, via: 'nat-gw-a-1' }),
      path({ of: users, during: death, via: 'nat-gw-a-2' }),
      path({ of: users, after: death, via: 'nat-gw-a-1' }),
      outage({ of: users, during: death, atMost: limit(timers, costs.during) }),
      outage({ of: users, after: death, atMost: limit(timers, costs.after) }),
      source({ of: users, during: death, is: twoVpcs.vpcs.a.publicAddress }),
      source({ of: users, after: death, is: twoVpcs.vpcs.a.publicAddress }),
      impairment({ of: bystanders, is: 'none' }),
      metric(up, { becomes: 0, during: death }),
      metric(up, { becomes: 1, after: death }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)
