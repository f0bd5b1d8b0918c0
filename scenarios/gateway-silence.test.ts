// When the active NAT gateway falls silent on one side only, with every carrier up, whoever watches that side notices,
// and the two cost very different things. Outside, both directions move to the standby. Inside, only the way out does:
// the internet still hears the gateway announce VPC A's public address, which it does whether or not it reaches VPC A,
// and prefers it; so the way back is a black hole for as long as the silence lasts, with a healthy standby beside it.
//
//     vpc-a-web-1 ── lr-vpc-a ═ inside ═ nat-gw-a-1  active  ═ outside ═ internet
//                               ╚═══════ nat-gw-a-2  standby ════════════╝
//
// Either way BFD at 3 × 100 ms notices after 300 ms, and OVN needs a turn of its pipeline: 1 s for a busy host too, as
// in gateway-isolation. Of a silence of 4 s inside, the way back is lost for 4 s at least, and until the gateway has
// its routes into VPC A again: a BGP session is tried each second, and its BFD begins at 1 s a packet, two of which
// make it up (RFC 5880, section 6.8.3): 2 s, and 500 ms for a busy host. What was healed outside is preferred again
// once both gateways have the flow's NAT entry: 500 ms.

import { test } from 'vitest'
import { inject, lasting, silence } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const bfd = 'min(frr_bfd_peer_state{instance="nat-gw-a-1"})'

test.for([
  { side: 'inside', to: 'chassis-1', back: { atLeast: '3500ms', atMost: '6500ms' }, after: '2500ms' },
  { side: 'outside', to: 'internet', back: { atMost: '1s' }, after: '500ms' },
] as const)(
  'VPC A finds the way out when its active NAT gateway falls silent $side',
  async ({ to, back, after }, run) => {
    await using lab = await startLab(withMonitor(twoVpcs), run)

    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
    await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

    await using quiet = await inject(lab, lasting(silence({ between: ['nat-gw-a-1', to] }), '4s'))
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '4s' })

    await until(lab, quiet.ended, { within: '10s' })
    await quiet.heal()
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
    await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

    const claims = [
      path({ of: users, before: quiet, via: 'nat-gw-a-1' }),
      outage({ of: users, during: quiet, direction: 'forward', atMost: '1s' }),
      outage({ of: users, during: quiet, direction: 'reverse', ...back }),
      outage({ of: users, after: quiet, atMost: after }),
      impairment({ of: bystanders, is: 'none' }),
      metric(bfd, { becomes: 0, during: quiet }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)
