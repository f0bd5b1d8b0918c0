// When the BGP speaker of VPC A dies on a chassis, and comes back, nobody notices: no route is lost, of VPC A or of any
// other VPC that has a speaker there. But what the dead one leaves behind nobody watches.
//
//     vpc-a-web-1 ── lr-vpc-a ── chassis-1 (gateway port)  bgpd-vpc-a  †   ══BGP══ nat-gw-a-1, nat-gw-a-2 ── internet
//                                chassis-2                 bgpd-vpc-a      ══BGP══ nat-gw-a-1, nat-gw-a-2
//                                chassis-1, chassis-2      bgpd-vpc-b             (shares zebra with them)
//
// Into the VPC: both gateways have its prefixes from two speakers, with the router's address as next hop both times.
// One goes, the kernel's routes stay as they are.
//
// Out of it: the default in the kernel's table of lr-vpc-a on the gateway port's chassis is the speaker's doing, and
// OVN's Learned_Route follows it. Two bgpd at one zebra are one client to it: when one died, zebra took the
// routes of both, and VPC B lost its way out by a death in VPC A. So each has a number of its own there (bgpd -I). The
// surprise is that FRR's bgpd puts that number on itself, and not on its routes: zebra finds none that were
// of the dead one, and they stay. It is non-stop forwarding that nobody asked for, and hitless, and not to be relied on:
// while the speaker is dead a gateway that fails is not noticed. OVN goes on sending to it for as long as
// that lasts. The gateway port does not move either: a chassis with a dead speaker is as well as any to OVN. (Where
// the whole chassis dies it does; see chassis-loss.) What helps is to move it by hand to the chassis whose speaker
// lives; from then on a failure of the gateway costs what it always does.
//
// The uplink of the gateway is down for 3 s: so long are users cut off, and until the gateway has its default again: a
// session that begins anew (ConnectRetry 1 s, and BFD, which begins at 1 s by RFC 5880, section 6.8.3), a speaker's turn,
// and a busy host, 2560 ms. After the move it is a turn of the gateway, of the speaker and of OVN, as in uplink-loss: 720 ms.

import { test } from 'vitest'
import { gatewayMoved, inject, killProcess, lasting, linkDown } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import {
  ask,
  gatewayPort,
  metricIs,
  nextHop,
  nightly,
  routesTo,
  routesWhole,
  startLab,
  toNs,
  until,
} from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers, vpcs } = twoVpcs
const gateways = vpcs.a.nat.gateways.map(({ name }) => name)
const [prefix = 'none'] = vpcs.a.subnets.map(({ cidr }) => cidr)
const from = (node: string) => probe({ from: node, to: 'internet', rate: '100pps' })
const lasts = '3s'
const again = limit(timers, { begun: 1, speakers: 1 })
const way = (is: string) => nextHop('lr-vpc-a', { for: '0.0.0.0/0', is })

/** A speaker as the gateway has it, 1 while Established. */
const session = (speaker: string) => `frr_bgp_peer_state{instance="nat-gw-a-1",peer_desc="${speaker}"}`

test.for([
  { chassis: 'chassis-1', speaker: 'speaker-a-1', whose: "VPC A's gateway port" },
  ...nightly({ chassis: 'chassis-2', speaker: 'speaker-a-2', whose: "VPC B's gateway port" }),
])(
  "nobody notices the death and the return of VPC A's speaker on the chassis of $whose",
  async ({ chassis, speaker }, run) => {
    await using lab = await startLab(withMonitor(twoVpcs), run)
    await using users = await send(lab, from('vpc-a-web-1'))
    await using bystanders = await send(lab, from('vpc-b-web-1'))
    for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '15s' })

    await using death = await inject(lab, killProcess(chassis, 'bgpd-vpc-a'))
    for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '5s' })
    await until(lab, routesTo(prefix, { are: gateways }), { within: '1s' })
    await until(lab, routesWhole(), { within: '1s' })

    await until(lab, metricIs(session(speaker), { is: 0 }), { within: '5s' })
    await death.heal()
    for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '5s' })
    await until(lab, way('nat-gw-a-1'), { within: '1s' })

    const claims = [
      path({ of: users, before: death, via: 'nat-gw-a-1' }),
      path({ of: users, after: death, via: 'nat-gw-a-1' }),
      impairment({ of: [users, bystanders], is: 'none' }),
      metric(session(speaker), { becomes: 0, during: death }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)

test('while the speaker is dead, a gateway that loses its uplink is sent to for as long as that lasts', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, from('vpc-a-web-1'))
  await using bystanders = await send(lab, from('vpc-b-web-1'))
  for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '15s' })

  await using death = await inject(lab, killProcess('chassis-1', 'bgpd-vpc-a'))
  await using cut = await inject(lab, lasting(linkDown('nat-gw-a-1', 'internet'), lasts))
  await until(lab, way('nat-gw-a-1'), { within: '1s' })
  await until(lab, cut.ended, { within: '30s' })
  await until(lab, users.sustained, { within: '10s' })
  await death.heal()
  await until(lab, bystanders.sustained, { within: '5s' })

  const claims = [
    path({ of: users, before: cut, via: 'nat-gw-a-1' }),
    outage({ of: users, during: cut, atLeast: lasts, atMost: `${(toNs(lasts) + toNs(again)) / 1e6}ms` }),
    impairment({ of: bystanders, is: 'none' }),
    metric('ovn_logical_router_default_route{vpc="vpc-a",nexthop="10.0.255.254"}', { is: 1, during: cut }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})

test('once its gateway port is moved to a chassis whose speaker lives, VPC A fails over as ever', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, from('vpc-a-web-1'))
  await using bystanders = await send(lab, from('vpc-b-web-1'))
  for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '15s' })

  await using death = await inject(lab, killProcess('chassis-1', 'bgpd-vpc-a'))
  await using move = await inject(lab, gatewayMoved({ vpc: 'vpc-a', to: 'chassis-2' }))
  await until(lab, users.sustained, { within: '10s' })
  await using cut = await inject(lab, linkDown('nat-gw-a-1', 'internet'))
  await until(lab, way('nat-gw-a-2'), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs('frr_bgp_peer_state{instance="internet",peer_desc="nat-gw-a-1"}', { is: 0 }), {
    within: '5s',
  })
  await cut.heal()
  await until(lab, way('nat-gw-a-1'), { within: '30s' })
  await death.heal()
  await move.heal()
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-1' }), { within: '5s' })
  for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '15s' })

  const claims = [
    path({ of: users, before: cut, via: 'nat-gw-a-1' }),
    path({ of: users, during: cut, via: 'nat-gw-a-2' }),
    outage({ of: users, during: cut, atMost: limit(timers, { speakers: 2, ovn: 1 }) }),
    impairment({ of: bystanders, is: 'none' }),
    metric('frr_bgp_peer_state{instance="internet",peer_desc="nat-gw-a-1"}', { becomes: 0, during: cut }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
