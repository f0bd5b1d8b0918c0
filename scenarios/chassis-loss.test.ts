// When chassis-1 dies, with all that runs on it, VPC A's gateway port and its route out move to chassis-2 by
// themselves; and when it comes back as new, they return by themselves. VPC B, whose active gateway is on
// chassis-2, does not notice the death.
//
//     vpc-a-web-2 ── chassis-2 ══ fabric ══╳══ chassis-1  dead ── nat-gw-a-1  active  ══╗
//                        ╠══════════════════════════════════════ nat-gw-a-2  standby ══ internet
//     vpc-b-web-1 ── chassis-2 ──────────────────────────────── nat-gw-b-1  active  ══╝
//
// Its tunnels' BFD at 3 × 200 ms notices, chassis-2 claims the gateway port, and what the standby announces to
// the speaker beside it is the way out from then on: 600 ms and a turn of OVN's pipeline. 2 s leave room. The dead
// chassis stays in the SB, with its ports bound and up: that a row is there says nothing of who is behind it.
//
// Nothing is claimed of the way back meanwhile: nat-gw-a-1 is a node of its own, its uplink is well, and the
// internet prefers it, but it reaches nobody without its chassis.
//
// The chassis comes back with empty tables, registers under its old name, and takes the gateway port as soon as
// it may, which is before it has a default of its own: BGP with the gateways comes a second and more after the
// claim (connect retry 1 s, then BFD, which begins at 1 s by RFC 5880, section 6.8.3), and until then what VPC A
// sends out has nowhere to go. A speaker that is new hears both gateways before it chooses, and the second may be
// a packet of such a BFD later. The retry, BFD's slow start, that second, a turn of the pipeline and a second for
// a busy host that starts eight daemons meanwhile: 5 s. For VPC B the gateway port of the standby passes through it in a
// moment, as after fabric-loss; 3 s as there.

import { test } from 'vitest'
import { gatewayChassis, inject, kill, on } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, gatewayPort, metricIs, nextHop, startLab, steadyState, tunnelsUp, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const tunnels = 'max(ovs_tunnel_bfd_forwarding{remote_chassis="chassis-1"})'

test("VPC A's gateway port and route move when its chassis dies, and return when it comes back", async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-2', to: 'internet' }))
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-2', to: 'vpc-a-app-1' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  const all = [users, neighbours, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await using death = await inject(lab, on(gatewayChassis('vpc-a'), kill))
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-2' }), { within: '5s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, bystanders.sustained, { within: '10s' })

  await until(lab, metricIs(tunnels, { is: 0 }), { within: '5s' })
  await death.heal()
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-1' }), { within: '10s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })
  await until(lab, tunnelsUp, { within: '10s' })
  await until(lab, steadyState, { within: '15s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '20s' })))

  const claims = [
    path({ of: users, before: death, via: 'nat-gw-a-1' }),
    outage({ of: users, during: death, direction: 'forward', atMost: '2s' }),
    outage({ of: users, after: death, atMost: '5s' }),
    outage({ of: bystanders, after: death, atMost: '3s' }),
    impairment({ of: bystanders, during: death, is: 'none' }),
    impairment({ of: neighbours, is: 'none' }),
    metric(tunnels, { becomes: 0, during: death }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
