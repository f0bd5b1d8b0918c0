// When the active NAT gateway loses the carrier of its inside link, the gateway knows at once, and that helps nobody:
// OVN's side is told by BFD, as if it were silence, and the way back is lost for as long as the link, since the
// gateway announces VPC A's public address to the internet whether or not it reaches VPC A.
//
//     vpc-a-web-1 ── lr-vpc-a ═╳═ nat-gw-a-1  active  ════ internet
//                              ╚═ nat-gw-a-2  standby ═══════╝
//
// The gateway's link is a port of OVS at chassis-1, and a VPC's routes do not follow carriers of logical ports. Its
// speakers hear no BFD for 3 × 100 ms, and OVN needs a turn of its pipeline: 1 s for a busy host too, as in
// gateway-silence; uplink-loss, where both ends of a routed link see the carrier, needs no BFD. The way back is lost
// for the 4 s that the link is away at least, and until the gateway has its routes into VPC A again: a BGP session is
// tried each second, and its BFD begins at 1 s a packet, two of which make it up (RFC 5880, section 6.8.3): 2 s, and
// 500 ms for a busy host.

import { test } from 'vitest'
import { inject, lasting, linkDown } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const carrier = 'min(node_network_carrier{instance="nat-gw-a-1",device!="lo"})'

test('VPC A finds the way out when its active NAT gateway loses the carrier of its inside link', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await using cut = await inject(lab, lasting(linkDown('nat-gw-a-1', 'chassis-1'), '4s'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '4s' })

  await until(lab, cut.ended, { within: '10s' })
  await cut.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: cut, via: 'nat-gw-a-1' }),
    outage({ of: users, during: cut, direction: 'forward', atMost: '1s' }),
    outage({ of: users, during: cut, direction: 'reverse', atLeast: '3500ms', atMost: '6500ms' }),
    outage({ of: users, after: cut, atMost: '2500ms' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(carrier, { becomes: 0, during: cut }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
