// When VPC A's NAT gateway has no port left, no new connection comes about: its SYN is dropped without a word,
// and clients learn of it by waiting. Those that live go on as if nothing were. VPC B has ports of its own.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ── internet      203.0.113.17, every port of the pool taken
//     100 sessions live on, new ones ─╳
//
// The pool of ports that SNAT may use shrinks to such that living sessions hold. To netfilter a port is taken
// towards one destination, address and port, so that it is new connections to the server of these sessions
// that find none. The kernel cannot enter such a connection beside the one that has the same addresses and
// ports, drops the packet, and counts it (insert_failed of `conntrack -S`): no RST, no ICMP.
//
// New ones are tried every 100 ms, and given up after 950 ms. From when the pool is large again the next one
// finds a port: 500 ms leave room for a busy host. Of the sessions that live none waits for anything: 500 ms.

import { test } from 'vitest'
import { inject, lasting, snatExhausted } from '../chaos/index.ts'
import {
  errors,
  impairment,
  metric,
  newSessions,
  newSessionsFail,
  path,
  sessionSource,
  sessionsKept,
  verify,
} from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, startLab, until } from '../lab/index.ts'
import { probe, send, sessions } from '../traffic/index.ts'

const failed = 'sum(node_nf_conntrack_stat_insert_failed{instance="nat-gw-a-1"})'

test('new connections fail while SNAT has no port left, and sessions that live do not notice', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using held = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 100 }))
  await using witness = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using bystanders = await send(lab, sessions({ from: 'vpc-b-web-1', to: 'internet', count: 50 }))
  const all = [held, witness, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '20s' })))

  await using exhaustion = await inject(lab, lasting(snatExhausted('nat-gw-a-1'), '5s'))
  await until(lab, exhaustion.ended, { within: '10s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    path({ of: witness, before: exhaustion, via: 'nat-gw-a-1' }),
    newSessionsFail({ of: held, during: exhaustion, by: 'timeout' }),
    newSessions({ of: held, after: exhaustion, within: '500ms' }),
    sessionsKept({ of: held, during: exhaustion, survived: '100%', pause: '500ms' }),
    sessionSource({ of: held, is: twoVpcs.vpcs.a.publicAddress }),
    impairment({ of: witness, is: 'none' }),
    sessionsKept({ of: bystanders, during: exhaustion, survived: '100%', pause: '500ms' }),
    errors({ of: bystanders, during: exhaustion, atMost: '0%' }),
    metric(failed, { risesBy: 1, during: exhaustion }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
