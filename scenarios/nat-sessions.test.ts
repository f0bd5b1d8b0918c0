// When VPC A's active NAT gateway dies, the TCP sessions through it live on through the standby: none is
// reset, none hangs, all keep their public address and port. VPC B's never notice.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  active  ══╦══ internet
//     200 sessions              ╚══ nat-gw-a-2  standby ══╝   sees 203.0.113.17 from either
//
// The standby knows none of them. The first segment that it gets from inside makes an entry in the middle
// of the session, as netfilter does by default (nf_conntrack_tcp_loose), and its SNAT gives it the same
// address, the one public address of the VPC, and the same port, which nobody else has there. A segment
// from the internet that comes before that falls into the blackhole route of that address: it is lost, and
// not answered with an RST, which would end the session. With an address for each gateway every session
// would die here.
//
// An exchange that is lost is repeated by TCP after its RTO, 200 ms at the least and twice as long each
// time (RFC 6298, section 2; Linux has its minimum at 200 ms): after 0.2, 0.6, 1.4 and 3.0 s. The outage
// lasts up to 1 s (nat-failover), so the third try is answered at the latest; 2 s leave room for an RTO
// that a busy host has made longer. A new session's SYN would be repeated only after 1 s, so each try here
// gives up by then, and the next begins 100 ms after the last: 1.2 s for the outage, the spacing, and the
// exchange itself.
//
// The way back costs less, 500 ms at most: the second try comes after 0.6 s, with a longer RTO after 1 s.

import { test } from 'vitest'
import { inject, kill } from '../chaos/index.ts'
import { errors, metric, newSessions, path, sessionSource, sessionsKept, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, startLab, until } from '../lab/index.ts'
import { probe, send, sessions } from '../traffic/index.ts'

const up = 'up{job="node",instance="nat-gw-a-1"}'

test('the sessions of VPC A live on through the standby when the active NAT gateway dies', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using held = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 200 }))
  await using bystanders = await send(lab, sessions({ from: 'vpc-b-web-1', to: 'internet', count: 50 }))
  await using witness = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await until(lab, all(held.sustained, bystanders.sustained, witness.sustained), { within: '20s' })

  await using death = await inject(lab, kill('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, held.sustained, { within: '20s' })

  await until(lab, metricIs(up, { is: 0 }), { within: '5s' })
  await death.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, all(held.sustained, witness.sustained, bystanders.sustained), { within: '20s' })

  const ours = twoVpcs.vpcs.a.publicAddress
  const claims = [
    path({ of: witness, before: death, via: 'nat-gw-a-1' }),
    path({ of: witness, during: death, via: 'nat-gw-a-2' }),
    path({ of: witness, after: death, via: 'nat-gw-a-1' }),
    sessionsKept({ of: held, during: death, survived: '100%', reset: '0%', hung: '0%', pause: '2s' }),
    sessionsKept({ of: held, after: death, survived: '100%', reset: '0%', hung: '0%', pause: '1s' }),
    newSessions({ of: held, during: death, within: '1200ms' }),
    newSessions({ of: held, after: death, within: '700ms' }),
    sessionSource({ of: held, during: death, is: ours }),
    sessionSource({ of: held, after: death, is: ours }),
    sessionsKept({ of: bystanders, during: death, survived: '100%' }),
    sessionsKept({ of: bystanders, after: death, survived: '100%' }),
    errors({ of: bystanders, during: death, atMost: '0%' }),
    errors({ of: bystanders, after: death, atMost: '0%' }),
    metric(up, { becomes: 0, during: death }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
