// When every process of VPC A's active NAT gateway freezes, its kernel goes on: it forwards, translates, and
// answers ping, with not one daemon awake. BFD notices all the same, and VPC A moves to the standby; users lose
// less than by any death of the gateway. VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active, frozen  ══╦══ internet
//                               ╚══ nat-gw-a-2  standby         ══╝
//
// This is no partition. Nothing is lost when the freeze begins, and nothing while BFD counts to three,
// 3 × 100 ms: the routes, the neighbours and the NAT of a frozen gateway are the kernel's. Then the internet
// and both speakers withdraw the path, each within 100 ms of the other, and OVN needs a turn of its pipeline
// (about 100 ms) besides. Who changes first sends what the other still sends by the frozen one, which forwards
// it; only what the internet sends to a standby that has not seen the flow yet is lost. So an outage of a turn
// and of BFD's 100 ms, in reverse alone; 500 ms more for a busy host: 700 ms.
//
// Once it thaws, the gateway finds its sessions closed and its routes withdrawn, and learns them anew, as after
// gateway-isolation: 500 ms.

import { test } from 'vitest'
import { inject, pause } from '../chaos/index.ts'
import { impairment, metric, outage, path, reachable, source, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, bestPath, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { attempt, probe, send } from '../traffic/index.ts'

const address = `${twoVpcs.vpcs.a.publicAddress}/32`
const ping = { from: 'chassis-1', to: 'nat-gw-a-1', protocol: 'icmp' } as const

const up = 'up{job="node",instance="nat-gw-a-1"}'

test('VPC A carries on through its standby NAT gateway while the kernel of the frozen one still answers', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '500pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using freeze = await inject(lab, pause('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, bestPath(address, { at: 'internet', from: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })
  await attempt(lab, [ping])

  await until(lab, metricIs(up, { is: 0 }), { within: '5s' })
  await freeze.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, bestPath(address, { at: 'internet', from: 'nat-gw-a-1' }), { within: '5s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: freeze, via: 'nat-gw-a-1' }),
    path({ of: users, during: freeze, via: 'nat-gw-a-2' }),
    path({ of: users, after: freeze, via: 'nat-gw-a-1' }),
    reachable(ping),
    outage({ of: users, during: freeze, direction: 'forward', atMost: '100ms' }),
    outage({ of: users, during: freeze, direction: 'reverse', atMost: '700ms' }),
    outage({ of: users, after: freeze, atMost: '500ms' }),
    source({ of: users, during: freeze, is: twoVpcs.vpcs.a.publicAddress }),
    source({ of: users, after: freeze, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: bystanders, is: 'none' }),
    metric(up, { becomes: 0, during: freeze }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
