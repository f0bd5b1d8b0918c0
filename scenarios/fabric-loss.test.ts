// When chassis-1 loses its link to the fabric, VPC A's packets find the way out through the standby and
// chassis-2, and everything is back with the link. VPC B, whose active gateway is on chassis-2, does
// not notice the loss.
//
//     vpc-a-web-2 ── chassis-2 ══ fabric ══╳══ chassis-1 ── nat-gw-a-1  active  ══╗
//                        ╠═══════════════════════════════════ nat-gw-a-2  standby ══ internet
//     vpc-b-web-1 ── chassis-2 ─────────────────────────────── nat-gw-b-1  active  ══╝
//
// No tunnel loses its carrier, so its BFD at 3 × 200 ms has to notice; chassis-2 then claims the gateway
// port, and learns the standby's default with it: 600 ms and a turn of OVN's pipeline. 2 s leave room.
//
// Nothing is claimed of the way back while the link is down: nat-gw-a-1 has its uplink still, and the
// internet prefers it, but it reaches nobody beyond its own chassis.
//
// The return is rougher than the loss: chassis-1 takes itself for the only one that is left, and for
// about a second the gateway ports of both VPCs go to and fro, until its tunnels' BFD is up, at the slow
// pace of 1 s that RFC 5880 (section 6.8.3) wants. VPC B may feel that as well. 3 s for both.

import { test } from 'vitest'
import { FABRIC, inject, linkDown } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const tunnels = 'max(ovs_tunnel_bfd_forwarding{remote_chassis="chassis-1"})'

test('VPC A finds the way out when its chassis loses the fabric, and VPC B does not notice the loss', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-2', to: 'internet' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await using cut = await inject(lab, linkDown('chassis-1', FABRIC))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, bystanders.sustained, { within: '10s' })

  await until(lab, metricIs(tunnels, { is: 0 }), { within: '5s' })
  await cut.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '20s' })

  const claims = [
    path({ of: users, before: cut, via: 'nat-gw-a-1' }),
    outage({ of: users, during: cut, direction: 'forward', atMost: '2s' }),
    outage({ of: [users, bystanders], after: cut, atMost: '3s' }),
    impairment({ of: bystanders, during: cut, is: 'none' }),
    metric(tunnels, { becomes: 0, during: cut }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
