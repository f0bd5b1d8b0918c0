// When VPC A's active NAT gateway loses its link to the internet, VPC A carries on through the standby,
// and VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active  ══╳══ internet
//                               ╚══ nat-gw-a-2  standby ══╝
//
// Towards OVN the gateway is as well as ever: what a check of its inside alone would never find. Both
// ends of the link see the carrier go, so nothing has to be detected: BGP drops the session at once, the
// gateway chooses anew and withdraws the default, a speaker chooses anew, and OVN needs a turn of its
// pipeline (learned route, northd, flows on each chassis). With room for a busy host 720 ms, less than
// BFD would be allowed on top.
//
// On reversion the gateway announces both ways once it has heard the internet; the internet changes its
// mind at once and OVN after a turn, and either gateway has the flow's NAT entry. A speaker's turn, OVN's, and a busy host: 660 ms.
//
// Over OSPF both ends calculate their shortest paths anew, at once or when the hold time of 50 ms is over; then the
// gateway's bgpd, which offers to OVN what ospfd has, withdraws it as above. On reversion these come one after the other too.
//
// Where the router has static defaults instead, OVN's own BFD watches the inside of the gateway alone, and nothing moves: a
// black hole for as long as the link is down, 3 s here, with every session of BFD up. The forwarding tables tell. The
// session with the internet then begins anew (ConnectRetry, and BFD), and the gateway has to choose.

import { test } from 'vitest'
import { inject, lasting, linkDown } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, source, type Turns, verify } from '../checks/index.ts'
import { twoVpcs, twoVpcsOspf, twoVpcsStaticEgress, withMonitor } from '../fixtures/index.ts'
import {
  all,
  ask,
  metricIs,
  nextHop,
  nightly,
  routesFlawed,
  routesWhole,
  startLab,
  type Topology,
  toNs,
  until,
} from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const carrier = 'min(node_network_carrier{instance="nat-gw-a-1",device!="lo"})'

type Variant = {
  readonly speaking: string
  readonly topology: Topology
  readonly costs: { readonly during: Turns; readonly after: Turns }
}

const variants: readonly Variant[] = [
  { speaking: 'BGP', topology: twoVpcs, costs: { during: { speakers: 2, ovn: 1 }, after: { speakers: 1, ovn: 1 } } },
  ...nightly<Variant>({
    speaking: 'OSPF',
    topology: twoVpcsOspf,
    costs: {
      during: { spf: 1, speakers: 2, ovn: 1 },
      after: { spf: 1, speakers: 2, ovn: 1 },
    },
  }),
]

test.for(variants)(
  'VPC A carries on through its standby NAT gateway when the active one loses its uplink, over $speaking',
  async ({ topology, costs }, run) => {
    const { timers } = topology
    await using lab = await startLab(withMonitor(topology), run)

    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
    await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

    await using cut = await inject(lab, linkDown('nat-gw-a-1', 'internet'))
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
    await until(lab, users.sustained, { within: '10s' })

    await until(lab, metricIs(carrier, { is: 0 }), { within: '5s' })
    await cut.heal()
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
    await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

    const claims = [
      path({ of: users, before: cut, via: 'nat-gw-a-1' }),
      path({ of: users, during: cut, via: 'nat-gw-a-2' }),
      path({ of: users, after: cut, via: 'nat-gw-a-1' }),
      outage({ of: users, during: cut, atMost: limit(timers, costs.during) }),
      outage({ of: users, after: cut, atMost: limit(timers, costs.after) }),
      source({ of: users, during: cut, is: twoVpcs.vpcs.a.publicAddress }),
      source({ of: users, after: cut, is: twoVpcs.vpcs.a.publicAddress }),
      impairment({ of: bystanders, is: 'none' }),
      metric(carrier, { becomes: 0, during: cut }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)

const lasts = '3s'

/** The gateway that the router sends to has no way out: the forwarding tables say so, where BFD does not. */
const hole = { saying: 'no route after vpc-a-web-1 → lr-vpc-a → nat-gw-a-1' }

test('VPC A is cut off for as long as the uplink is down where static routes lead to a gateway that OVN sees alive', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcsStaticEgress), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '100pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '100pps' }))
  for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '15s' })
  await until(lab, routesWhole('vpc-a'), { within: '5s' })

  await using cut = await inject(lab, lasting(linkDown('nat-gw-a-1', 'internet'), lasts))
  await until(lab, routesFlawed('vpc-a', hole), { within: '2s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '1s' })
  await until(lab, cut.ended, { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const again = limit(twoVpcsStaticEgress.timers, { begun: 1, speakers: 1 })
  const claims = [
    path({ of: users, before: cut, via: 'nat-gw-a-1' }),
    outage({ of: users, during: cut, atLeast: lasts, atMost: `${(toNs(lasts) + toNs(again)) / 1e6}ms` }),
    impairment({ of: bystanders, is: 'none' }),
    metric(carrier, { becomes: 0, during: cut }),
    metric('ovn_bfd_up{dst_ip="10.0.255.254"}', { is: 1, during: cut }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
