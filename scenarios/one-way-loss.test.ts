// When the active NAT gateway's uplink loses everything in one direction only, VPC A carries on through the standby as
// if both were lost, whichever it is: BFD tells the end that still hears that it is not heard.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active  ──▸╳ or ╳◂── internet
//                               ╚══ nat-gw-a-2  standby ═══════════ internet
//
// The end that hears nothing notices after 3 × 100 ms, and says so in its next packet, which passes: the other one's
// session goes down at once (RFC 5880, section 6.8.6). Both withdraw what they learned from each other, and OVN
// needs a turn of its pipeline, as in gateway-isolation: 1 s, for a busy host too. On reversion either gateway has
// the flow's NAT entry: 500 ms.

import { test } from 'vitest'
import { inject, silence } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const session = 'frr_bgp_peer_state{instance="internet",peer_desc="nat-gw-a-1"}'

test.for([
  { lost: 'all that the gateway sends', direction: 'forward' },
  { lost: 'all that the gateway is sent', direction: 'reverse' },
] as const)('VPC A carries on through its standby when the uplink loses $lost', async ({ direction }, run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await using deafness = await inject(lab, silence({ between: ['nat-gw-a-1', 'internet'], direction }))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs(session, { is: 0 }), { within: '5s' })
  await deafness.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: deafness, via: 'nat-gw-a-1' }),
    path({ of: users, during: deafness, via: 'nat-gw-a-2' }),
    path({ of: users, after: deafness, via: 'nat-gw-a-1' }),
    outage({ of: users, during: deafness, atMost: '1s' }),
    outage({ of: users, after: deafness, atMost: '500ms' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(session, { becomes: 0, during: deafness }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
