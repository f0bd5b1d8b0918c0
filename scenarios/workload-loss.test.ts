// When a web server of VPC A dies with its node, and comes back as new, it has its addresses and its port again,
// and serves who asks; nobody else notices either, not the other web server, and not VPC B.
//
//     traffic-gen-a ── chassis-2 ══ chassis-1 ── vpc-a-web-1  dead           users
//           └──────────────┴─ vpc-a-web-2                                    others
//
// OVN is told nothing and need not be: the port of a workload is that of its chassis, which is well, and stays bound
// and up while nobody is behind it; what is sent there is lost. The new node has the old one's MAC and IP address, so
// that neither OVN's tables nor anybody's ARP entry have to change, and serves as soon as its server listens. The
// fault lets go while the container is made, which takes half a second, on a busy host two, and no claim can be
// finer than that: 2 s for it, and 2 s for daemons that start on that host.

import { test } from 'vitest'
import { inject, kill } from '../chaos/index.ts'
import { impairment, metric, outage, reachable, unreachable, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, metricIs, startLab, steadyState, until } from '../lab/index.ts'
import { attempt, probe, send } from '../traffic/index.ts'

const asks = { from: 'traffic-gen-a', to: 'vpc-a-web-1', protocol: 'tcp', port: 80 } as const
const pings = { from: 'traffic-gen-a', to: 'vpc-a-web-1', protocol: 'icmp' } as const

const sent = 'increase(ovs_interface_rx_packets_total{logical_port="vpc-a-web-1"}[2s])'

test('a workload that died comes back with its addresses and its port, and nobody else notices', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'traffic-gen-a', to: 'vpc-a-web-1', rate: '100pps' }))
  await using others = await send(lab, probe({ from: 'traffic-gen-a', to: 'vpc-a-web-2', rate: '100pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '100pps' }))
  const all = [users, others, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await using death = await inject(lab, kill('vpc-a-web-1'))
  await attempt(lab, [pings])

  await until(lab, metricIs(sent, { is: 0 }), { within: '5s' })
  await death.heal()
  await until(lab, users.sustained, { within: '15s' })
  await attempt(lab, [asks])
  await until(lab, steadyState, { within: '15s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '10s' })))

  const claims = [
    unreachable({ ...pings, how: 'silent' }),
    outage({ of: users, after: death, atMost: '4s' }),
    reachable(asks),
    impairment({ of: [others, bystanders], is: 'none' }),
    metric(sent, { becomes: 0, during: death }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
