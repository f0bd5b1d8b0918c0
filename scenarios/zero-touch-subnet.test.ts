// A subnet that is added to VPC A in the NB, and nowhere else, reaches the internet by itself: OVN announces it, both of
// VPC A's NAT gateways learn it, and nobody else does.
//
//     ls-vpc-a-new ── lr-vpc-a ── speaker-a-1, speaker-a-2 ══BGP══ nat-gw-a-1, nat-gw-a-2 ── internet
//     10.0.5.0/24     (new port)                                  (new route, no new configuration)
//
// One transaction adds the logical switch, the router's port on it, and the port of a workload that runs already and
// sends all the while. What follows, each by its own stamp: northd has an Advertised_Route; ovn-controller on each
// chassis puts it into the kernel's table of lr-vpc-a as a blackhole; bgpd redistributes that table and announces it with the
// router's address as next hop; the gateways have it in their FIBs. Beside that northd makes the flows of the new
// datapath and ovn-controller binds the port. The first packet may leave before the gateways know where answers go.
//
// That is a turn of OVN's pipeline for the route and one for the port, a turn of the speaker, and one of the
// gateways: with room for a busy host 820 ms. Taken out of the NB again, it is gone from the gateways.

import { test } from 'vitest'
import { impairment, limit, metric, provisioned, verify } from '../checks/index.ts'
import { twoVpcsGrowing, withMonitor } from '../fixtures/index.ts'
import { addSubnet, advertisedRoute, ask, ownRoutesOnly, routesTo, routesWhole, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers, vpcs } = twoVpcsGrowing
const gateways = vpcs.a.nat.gateways.map(({ name }) => name)
const prefix = '10.0.5.0/24'

const told = 'ovn_logical_router_advertised_routes{logical_router="lr-vpc-a"}'

test('a subnet that is added to the NB reaches the internet, and no other tenant, by itself', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcsGrowing), run)
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '100pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '100pps' }))
  await using users = await send(lab, probe({ from: 'vpc-a-new-1', to: 'internet' }))
  for (const flow of [neighbours, bystanders]) await until(lab, flow.sustained, { within: '15s' })
  await until(lab, routesTo(prefix, { are: [] }), { within: '1s' })

  await using addition = await addSubnet(lab, 'ls-vpc-a-new')
  await until(lab, advertisedRoute(prefix, { by: 'lr-vpc-a', is: 'there' }), { within: '5s' })
  await until(lab, routesTo(prefix, { are: gateways }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })
  await until(lab, ownRoutesOnly, { within: '1s' })
  await until(lab, routesWhole(), { within: '1s' })

  await users.stop() // nobody is heard from a subnet that is gone, and what cannot be answered is no rate kept
  await addition.remove()
  await until(lab, advertisedRoute(prefix, { by: 'lr-vpc-a', is: 'gone' }), { within: '5s' })
  await until(lab, routesTo(prefix, { are: [] }), { within: '5s' })
  for (const flow of [neighbours, bystanders]) await until(lab, flow.sustained, { within: '10s' })

  const claims = [
    provisioned({ by: addition, of: users, within: limit(timers, { speakers: 2, ovn: 2 }) }),
    impairment({ of: [neighbours, bystanders], is: 'none' }),
    metric(`max_over_time(${told}[1m]) - min_over_time(${told}[1m])`, { becomes: 1 }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
