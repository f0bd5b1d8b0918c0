// What the loss of the active NAT gateway's OSPF adjacency costs its users, by the way it is lost. The link below it is
// sound all the while, so that what is lost is lost while the two ends of the path disagree.
//
//     vpc-a-web-1 ── lr-vpc-a ══BGP══ nat-gw-a-1 ══OSPF══ internet      this adjacency
//                        ╚═════BGP══ nat-gw-a-2 (standby) ════╝
//
// Forward moves when OVN has another next hop: the gateway's ospfd calculates anew and has no default, its bgpd withdraws
// it, a speaker chooses, OVN takes a turn. Reverse moves when the internet's ospfd has calculated anew. What comes back
// by the standby before forward has moved meets no NAT entry and is dropped. When each end hears of it:
//
//   taken out of OSPF   the gateway at once; its BFD session goes with the adjacency, and AdminDown tells the internet
//   ospfd dies          the same: bfdd ends the sessions of a client that is gone
//   passive, no hellos  both wait for the dead interval, by clocks that hellos started up to an interval (1 s) apart. Whose
//                       is over first takes its BFD session down, and AdminDown tells the other at the next packet: so
//                       BFD saves users that second, though it never misses anybody. Until then nothing is lost
//   the same, no BFD    the second is the price
//   BFD is lost         each end misses three packets; hellos pass, so both are Full again at once, and BFD stays down
//                       (RFC 5882 §4.3.2 leaves that to the protocol): two moves
//   ospfd freezes       the internet waits for the dead interval and then answers by the standby; the gateway's ospfd
//                       misses nothing, its kernel has a default and its bgpd offers it, for as long as it is frozen.
//                       BGP alone has no such case: there one daemon speaks to both sides. Of the 6 s that it is frozen
//                       here, 2 s at least pass before the internet misses it; red/frozen-ospfd shows that no less is lost
//
// Each gets the turns that it needs, and half a second for a busy host: 1080 ms with BFD, 1780 ms without.

import { test } from 'vitest'
import {
  block,
  type Fault,
  freezeProcess,
  inject,
  killProcess,
  lasting,
  ospfPassive,
  ospfRemoved,
} from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, type Turns, verify } from '../checks/index.ts'
import { twoVpcsOspf, withMonitor, withTimers } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, nightly, routesWhole, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers, internet } = twoVpcsOspf
const gateway = 'nat-gw-a-1'
const uplink = [gateway, internet.name] as const
const noHellos = block({ between: uplink, what: 'ospf' })

const neighbours = 'sum(frr_ospf_neighbors{instance="internet"})'

type Way = {
  readonly how: string
  readonly fault: Fault
  readonly topology?: typeof twoVpcsOspf
  /** How long after one end the other hears of it. */
  readonly apart: Pick<Turns, 'detectedBy' | 'hellos'>
}

const ways: readonly Way[] = [
  { how: 'is taken out of OSPF', fault: ospfRemoved(...uplink), apart: { detectedBy: 'bfd' } },
  { how: 'loses its ospfd', fault: killProcess(gateway, 'ospfd'), apart: { detectedBy: 'bfd' } },
  { how: 'loses its hellos', fault: noHellos, apart: { detectedBy: 'bfd' } },
  ...nightly<Way>(
    { how: 'is made passive', fault: ospfPassive(...uplink), apart: { detectedBy: 'bfd' } },
    {
      how: 'loses its hellos, without BFD',
      fault: noHellos,
      topology: withTimers(twoVpcsOspf, 'without-bfd'),
      apart: { hellos: 1 },
    },
  ),
]

test.for(ways)('users pay what it takes to agree on another gateway when an OSPF adjacency $how', async (way, run) => {
  const { topology = twoVpcsOspf, fault, apart } = way
  await using lab = await startLab(withMonitor(topology), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: internet.name, rate: '250pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: internet.name, rate: '100pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: gateway }), { within: '10s' })

  await using drop = await inject(lab, fault, { effectiveWithin: '10s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, routesWhole('vpc-a'), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs(neighbours, { is: 3 }), { within: '5s' })
  await drop.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: gateway }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: drop, via: gateway }),
    path({ of: users, during: drop, via: 'nat-gw-a-2' }),
    outage({ of: users, during: drop, atMost: limit(timers, { ...apart, spf: 1, speakers: 2, ovn: 1 }) }),
    outage({ of: users, after: drop, atMost: limit(timers, { spf: 1, speakers: 2, ovn: 1 }) }),
    impairment({ of: bystanders, is: 'none' }),
    metric(neighbours, { becomes: 3, during: drop }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})

test('users pay for two moves when an OSPF adjacency loses its BFD, and is Full again without', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcsOspf), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: internet.name, rate: '250pps' }))
  await until(lab, users.sustained, { within: '15s' })

  await using deafness = await inject(lab, block({ between: uplink, what: 'bfd' }))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: gateway }), { within: '10s' })
  await until(lab, users.sustained, { within: '10s' })
  await deafness.heal()
  await until(lab, users.sustained, { within: '10s' })

  const claims = [
    path({ of: users, before: deafness, via: gateway }),
    path({ of: users, during: deafness, via: gateway }),
    outage({
      of: users,
      during: deafness,
      atMost: limit(timers, { detectedBy: 'bfd', spf: 2, speakers: 4, ovn: 2 }),
    }),
    impairment({ of: users, after: deafness, is: 'none' }),
    metric(`min(frr_bfd_peer_state{instance="${gateway}"})`, { becomes: 0, during: deafness }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})

const FROZEN_S = 6

test('users are cut off no longer than ospfd is frozen, less what is left of the dead interval', async (run) => {
  const { helloS, deadS } = twoVpcsOspf.timers.ospf
  await using lab = await startLab(withMonitor(twoVpcsOspf), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: internet.name, rate: '250pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: internet.name, rate: '100pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await using freeze = await inject(lab, lasting(freezeProcess(gateway, 'ospfd'), `${FROZEN_S}s`))
  await until(lab, freeze.ended, { within: '15s' })
  await freeze.heal()
  await until(lab, all(users.sustained, bystanders.sustained), { within: '20s' })

  const claims = [
    path({ of: users, before: freeze, via: gateway }),
    outage({ of: users, during: freeze, atMost: `${FROZEN_S - (deadS - helloS) + 0.5}s` }),
    outage({ of: users, after: freeze, atMost: limit(timers, { spf: 2, speakers: 4, ovn: 2 }) }),
    impairment({ of: bystanders, is: 'none' }),
    metric(neighbours, { becomes: 3, during: freeze }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
