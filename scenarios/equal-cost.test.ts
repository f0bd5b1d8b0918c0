// With two active NAT gateways, each with a public address of its own, a router spreads TCP connections over both; when
// one dies its share is broken, because the other has another address, and new ones work as soon as it is missed.
//
//     vpc-a-web-1, 64 sessions ── lr-vpc-a ══╦══ nat-gw-a-1  203.0.113.17 ══╦══ internet
//                                            ╚══ nat-gw-a-2  203.0.113.18 ══╝
//
// Both announce a default of the same length to OVN, which then has two next hops and chooses by a hash of each packet's
// five-tuple (an OpenFlow group of type select). Of 64 sessions each gateway has between 19 and 45, or it is
// one case of a thousand. What comes back needs no choice: the address is that of the gateway that translated.
//
// UDP is another matter, and open: under OVS 3.5's userspace datapath all UDP of one host to another was seen with
// one and the same dp_hash, for more than a hundred source ports, and so takes one of the two. Which, cannot be
// said before, and nothing is claimed of it.
//
// A new session works again once BFD has noticed, a speaker has chosen anew and OVN has turned; a SYN that was lost
// is sent again after 1 s (RFC 6298 §2), and half a second is room for a busy host: 1960 ms.

import { test } from 'vitest'
import { inject, kill } from '../chaos/index.ts'
import { impairment, limit, metric, newSessions, shares, verify } from '../checks/index.ts'
import { twoVpcsEqualCost, withMonitor } from '../fixtures/index.ts'
import { all, ask, type Duration, metricIs, nextHops, startLab, toNs, until } from '../lab/index.ts'
import { probe, send, sessions } from '../traffic/index.ts'

const { timers } = twoVpcsEqualCost
const both = ['nat-gw-a-1', 'nat-gw-a-2']
const over = ['203.0.113.17', '203.0.113.18']
const SYN_AGAIN_NS = 1e9
const converged = toNs(limit(timers, { detectedBy: 'bfd', speakers: 1, ovn: 1 }))
const within: Duration = `${(SYN_AGAIN_NS + converged) / 1e6}ms`

const defaults = 'count(ovn_logical_router_default_route{vpc="vpc-a"})'

test('connections are shared by two gateways, and new ones outlive the death of one', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcsEqualCost), run)

  await using clients = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 64 }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '250pps' }))
  await until(lab, all(clients.sustained, bystanders.sustained), { within: '20s' })
  await until(lab, nextHops('lr-vpc-a', { for: '0.0.0.0/0', are: both }), { within: '10s' })

  await using death = await inject(lab, kill('nat-gw-a-1'))
  await until(lab, nextHops('lr-vpc-a', { for: '0.0.0.0/0', are: ['nat-gw-a-2'] }), { within: '10s' })
  await until(lab, clients.sustained, { within: '30s' })

  await until(lab, metricIs(defaults, { is: 1 }), { within: '5s' })
  await death.heal()
  await until(lab, nextHops('lr-vpc-a', { for: '0.0.0.0/0', are: both }), { within: '30s' })
  await until(lab, all(clients.sustained, bystanders.sustained), { within: '30s' })

  const claims = [
    shares({ of: clients, during: death, over }),
    newSessions({ of: clients, during: death, within }),
    impairment({ of: bystanders, is: 'none' }),
    metric(defaults, { becomes: 1, during: death }),
    metric(defaults, { becomes: 2, after: death }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
