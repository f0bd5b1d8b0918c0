// When nothing but the tunnel's BFD is lost between the two gateway chassis, and only what one of them sends, both
// take the other for dead and claim the gateway ports, again and again, and users hardly notice: what they lose in
// chassis-split-brain, seconds of it, is lost with the path, not by the claims.
//
//     chassis-1 ──BFD─╳─▸ chassis-2         BFD inside Geneve (UDP 3784), from chassis-1 to chassis-2
//          ◂────────────                    everything else, both ways
//
// chassis-2 hears nothing for 3 × 200 ms and says so; chassis-1 hears that, and its session goes down too (RFC 5880,
// section 6.8.6). From then on the ports go to and fro in the SB, about every half second. But the path is whole, and
// OVN's tunnels forward whatever their BFD says: whichever chassis routes a packet reaches the NAT gateway from there.
// What is lost is what meets a chassis while it rewrites its flows, some tens of milliseconds, if anything: 500 ms for
// a busy host. Who needs no gateway meets that at most, and who stays on one chassis not even that.
//
// The return can be dearer than the split. When BFD passes again, it begins at the slow pace of 1 s a packet that RFC
// 5880 (section 6.8.3) wants, and three of them make it up; until then the claims go on, and a tunnel's BFD that a busy
// host lets expire meanwhile leaves a chassis alone among three, which releases its ports: nothing was lost in two runs,
// 1.9 s in another. 3 s, and 500 ms for a busy host.

import { test } from 'vitest'
import { block, inject, lasting } from '../chaos/index.ts'
import { impairment, metric, outage, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, gatewayPort, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const moves = 'ovn_port_binding_claims_total{logical_port="cr-lrp-vpc-a-nat"}'

/** Each claim has both chassis compute all their flows, for which two cores are few: no more probes than it takes. */
const rate = '100pps'

test('both gateway chassis claim when only BFD between them is lost, one way, with every path whole', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using home = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate }))
  await using away = await send(lab, probe({ from: 'vpc-a-web-2', to: 'internet', rate }))
  await using across = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1', rate }))
  await using neighbours = await send(lab, probe({ from: 'traffic-gen-a', to: 'vpc-a-web-2', rate }))
  const all = [home, away, across, neighbours]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const deafness = block({ between: ['chassis-1', 'chassis-2'], direction: 'forward', what: 'bfd' })
  await using split = await inject(lab, lasting(deafness, '4s'))
  for (const chassis of ['chassis-2', 'chassis-1', 'chassis-2', 'chassis-1'])
    await until(lab, gatewayPort('vpc-a', { on: chassis }), { within: '4s' })

  await until(lab, split.ended, { within: '10s' })
  await split.heal()
  await until(lab, steadyState, { within: '15s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    outage({ of: [home, away, across], during: split, atMost: '500ms' }),
    outage({ of: [home, away, across], after: split, atMost: '3500ms' }),
    impairment({ of: neighbours, is: 'none' }),
    metric(moves, { risesBy: 2, during: split }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
