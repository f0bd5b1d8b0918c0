// A planned move of VPC A's gateway port to the other chassis, by priority and back, costs its users a few
// packets and no session; who does not leave the VPC, and VPC B, notice nothing.
//
//     chassis-1 ── cr-lrp-vpc-a-nat 30 ──┐            vpc-a-web-1 on chassis-1, vpc-a-web-2 on chassis-2
//                        ↓     ↑         ╞══ nat-gw-a-1 ── internet
//     chassis-2 ── 20 → 1000 → 20 ───────┘
//
// It is not for nothing. Every chassis decides by itself what the new priorities mean for it: the old one
// takes its rules away as soon as it has read them, the new one puts its own in place when it has. Whichever
// of the two is first, neither waits for the other; where the old one is, packets go nowhere for the
// difference. Both need the same turn of OVN's pipeline for it: northd, the SB, ovn-controller, 100 ms on a
// host that has time, so the difference is less than one turn: 5 to 45 ms in most moves, nothing in some.
// 600 ms leave room for a busy host. The NAT gateway, its next hop and its public address stay as they are.
//
// A session's exchange that is lost is repeated by TCP after 200 ms and 600 ms (RFC 6298): within 600 ms and
// the next try, which comes after 1.4 s at the latest; 2 s with room.

import { test } from 'vitest'
import { gatewayMoved, inject } from '../chaos/index.ts'
import { impairment, metric, outage, path, sessionSource, sessionsKept, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, gatewayPort, metricIs, startLab, until } from '../lab/index.ts'
import { probe, send, sessions } from '../traffic/index.ts'

const claimed = (chassis: string) => `ovn_port_binding_claimed{logical_port="cr-lrp-vpc-a-nat",chassis="${chassis}"}`

test('a planned move of the gateway port of VPC A ends no session and is felt by nobody else', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using home = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using away = await send(lab, probe({ from: 'vpc-a-web-2', to: 'internet' }))
  await using held = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 50 }))
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  const all = [home, away, held, neighbours, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '20s' })))
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-1' }), { within: '5s' })

  await using move = await inject(lab, gatewayMoved({ vpc: 'vpc-a', to: 'chassis-2' }))
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await until(lab, metricIs(claimed('chassis-2'), { is: 1 }), { within: '5s' })
  await move.heal()
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-1' }), { within: '5s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    ...[home, away].map((each) => path({ of: each, during: move, via: 'nat-gw-a-1' })),
    outage({ of: [home, away], during: move, atMost: '600ms' }),
    outage({ of: [home, away], after: move, atMost: '600ms' }),
    sessionsKept({ of: held, during: move, survived: '100%', pause: '2s' }),
    sessionsKept({ of: held, after: move, survived: '100%', pause: '2s' }),
    sessionSource({ of: held, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: neighbours, is: 'none' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(claimed('chassis-2'), { becomes: 1, during: move }),
    metric(claimed('chassis-1'), { becomes: 1, after: move }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
