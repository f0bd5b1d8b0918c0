// When the active NAT gateway's uplink loses all data, but BFD and BGP pass, nobody notices: every session stays up,
// OVN keeps its next hop, and VPC A is cut off for exactly as long as the loss lasts, with a healthy standby beside it.
// What a control plane watches is its own packets; only a probe of the data path tells.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active  ══ BFD, BGP ── ╳ data ══ internet
//                               ╚══ nat-gw-a-2  standby ═══════════════════════ internet
//
// The loss lasts 4 s, and so does the outage: no timer is involved, so that it begins with the rule and ends with it.
// It is known to the gap between two probes, 4 ms, and what a busy host puts between two of them: 500 ms either way.

import { test } from 'vitest'
import { block, inject, lasting } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, bfdUp, bgpEstablished, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

/** BGP and BFD, 1 while up. */
const alive = 'frr_bgp_peer_state{instance="nat-gw-a-1"} or frr_bfd_peer_state{instance="nat-gw-a-1"}'

test('nobody notices when a gateway loses data but not BFD and BGP, and users are cut off until it is back', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  const loss = block({ between: ['nat-gw-a-1', 'internet'], what: 'data' })
  await using blackHole = await inject(lab, lasting(loss, '4s'))
  await until(lab, blackHole.ended, { within: '10s' })
  await until(lab, bgpEstablished(['nat-gw-a-1', 'internet']), { within: '1s' })
  await until(lab, bfdUp(['nat-gw-a-1', 'internet']), { within: '1s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '1s' })

  await blackHole.heal()
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: blackHole, via: 'nat-gw-a-1' }),
    path({ of: users, after: blackHole, via: 'nat-gw-a-1' }),
    outage({ of: users, during: blackHole, atLeast: '3500ms', atMost: '4500ms' }),
    outage({ of: users, after: blackHole, atMost: '500ms' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(alive, { is: 1, during: blackHole }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
