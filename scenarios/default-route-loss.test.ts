// When the internet no longer offers its default to the active gateway, old flows carry on and new ones cannot begin,
// for as long as it lasts: they leave by the standby, and come back to the gateway that knows the old flows only.
//
//     vpc-a-web-1 ── lr-vpc-a ══> nat-gw-a-2 ═══════════════════════> internet     no 0.0.0.0/0 to nat-gw-a-1
//                             <══ nat-gw-a-1 (NAT entries of old flows) <══        203.0.113.17/32 from it still best
//
// The gateway has nothing to offer to OVN any more, so its speaker and OVN turn to the standby. But it goes on
// announcing the shared public address, and its AS path is the shorter one. UDP and TCP that it knows come back through it; for
// a new session it has no NAT entry, and drops the answer. Every session of BGP is up all the while.
//
// Old flows move within the turns of two speakers, the gateway's and the chassis', and one of OVN; a
// busy host may add half a second: 720 ms.

import { test } from 'vitest'
import { defaultWithdrawn, inject } from '../chaos/index.ts'
import { impairment, limit, metric, newSessions, outage, path, unreachable, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { attempt, probe, send, sessions } from '../traffic/index.ts'

const { timers } = twoVpcs
const fresh = { from: 'vpc-a-web-1', to: 'internet', protocol: 'tcp', port: 80 } as const

const received = 'frr_bgp_peer_prefixes_received_count_total{instance="nat-gw-a-1",peer_desc="internet"}'

test('old flows outlive the loss of the default at one gateway, and new ones wait for its return', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '250pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '250pps' }))
  await using clients = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 20 }))
  await until(lab, all(users.sustained, bystanders.sustained, clients.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using loss = await inject(lab, defaultWithdrawn('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, users.sustained, { within: '10s' })
  await attempt(lab, [fresh])

  await until(lab, metricIs(received, { is: 0 }), { within: '5s' })
  await loss.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })
  await until(lab, all(users.sustained, clients.sustained, bystanders.sustained), { within: '15s' })

  const claims = [
    path({ of: users, before: loss, via: 'nat-gw-a-1' }),
    outage({ of: users, during: loss, atMost: limit(timers, { speakers: 2, ovn: 1 }) }),
    outage({ of: users, after: loss, atMost: limit(timers, { speakers: 1, ovn: 1 }) }),
    unreachable(fresh),
    newSessions({ of: clients, after: loss, within: '3s' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(received, { becomes: 0, during: loss }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
