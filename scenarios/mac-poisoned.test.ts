// When VPC A's active NAT gateway has a wrong MAC address for the VPC's router, nothing comes back from the
// internet, and nothing notices: BGP and BFD stay up, the standby stays the standby, for as long as it lasts.
//
//     vpc-a-web-1 ── lr-vpc-a 10.0.255.1 ──────→ nat-gw-a-1 ── internet
//                        ╚═══════╳ 10.0.255.1 is at 02:00:66:66:66:66
//                    speakers 10.0.255.2, .3 ═══ BGP, BFD
//
// What watches the gateway does not go where its packets go: BFD and BGP are between the gateway and the
// speakers, which have addresses of their own, while the VPC is behind the router's. So this is a blackhole
// on one hop of one direction, like the loss of data alone, and no failover mends it. Who sends outwards is
// heard, and gets no answer: 3 s, as long as the entry is wrong, and 500 ms for a busy host. With its own MAC
// back, the gateway forwards at once: 500 ms.
//
// An entry that the kernel may ask for again would be mended by itself: by the router's next ARP, or when it
// has gone stale and nobody answers. This one is permanent, as one that was typed.

import { test } from 'vitest'
import { inject, lasting, macPoisoned } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, bfdUp, bgpEstablished, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const [gateway] = twoVpcs.vpcs.a.nat.gateways
const router = twoVpcs.vpcs.a.subnets.find(({ name }) => name === twoVpcs.vpcs.a.nat.subnet)
const watched = ['nat-gw-a-1', 'nat-gw-a-2']

/** BGP and BFD, 1 while up. */
const alive = 'frr_bgp_peer_state{instance="nat-gw-a-1"} or frr_bfd_peer_state{instance="nat-gw-a-1"}'

test('a wrong MAC of the router at the NAT gateway cuts off VPC A, and no failover comes', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  const all = [users, neighbours, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const poison = macPoisoned({ at: gateway?.name ?? '', of: router?.gateway ?? '' })
  await using lie = await inject(lab, lasting(poison, '3s'))
  await until(lab, lie.ended, { within: '5s' })
  await until(lab, bgpEstablished(watched), { within: '1s' })
  await until(lab, bfdUp(watched), { within: '1s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '1s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    path({ of: users, before: lie, via: 'nat-gw-a-1' }),
    outage({ of: users, during: lie, direction: 'forward', atMost: '200ms' }),
    outage({ of: users, during: lie, direction: 'reverse', atMost: '3500ms' }),
    outage({ of: users, after: lie, atMost: '500ms' }),
    impairment({ of: neighbours, is: 'none' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(alive, { is: 1, during: lie }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
