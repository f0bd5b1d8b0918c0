// Whatever nodes and databases remember of VPC A is lost or wrong for a moment, one thing after the other:
// each comes about, each is put back to the last row, no session of VPC A ends, and VPC B never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ── internet     a connection and a MAC forgotten, SNAT wrong, SNAT lost
//     vpc-a-web-2 ── lb-vpc-a-web                           the datapath's connections forgotten, a backend lost
//     vpc-a-db-1, lr-vpc-a                                  a port's MAC wrong, a route lost
//     SB                                                    the record of a chassis that is no more
//
// Each is proved by evidence of its own before it is healed: by the connections that are left in the kernel,
// by an ARP request, by a packet with an inside address at the internet, by logical flows that are gone or say
// something else on every chassis, by tunnels. What does not end by itself is in force for 1 s.
//
// The loss of SNAT stops the sessions to the internet, as nftables then has the kernel track no connection at
// all: what is under way is repeated after 0.2, 0.6, 1.4 and 3.0 s (RFC 6298), the third after the heal, and
// the fourth leaves room for a busy host. What was forgotten is entered anew by the next packet from whoever
// may open a connection, and waits for one repetition at most. A connection is forgotten last of all: entered anew
// while SNAT is wrong, it would bear the wrong address for good, and hang.

import { test } from 'vitest'
import {
  backendLost,
  chassisLeftBehind,
  connectionForgotten,
  datapathConntrackFlushed,
  inject,
  inOrder,
  lasting,
  macLost,
  portAddressWrong,
  routeLost,
  snatLost,
  snatWrong,
} from '../chaos/index.ts'
import { errors, impairment, metric, sessionsKept, verify } from '../checks/index.ts'
import { twoVpcsBalanced, withMonitor } from '../fixtures/index.ts'
import { ask, backendsOnline, startLab, until } from '../lab/index.ts'
import { probe, send, sessions } from '../traffic/index.ts'

const gateway = 'nat-gw-a-1'
const losses = {
  ...inOrder(
    datapathConntrackFlushed('chassis-2'),
    macLost({ at: gateway, of: '10.0.255.1' }),
    ...[
      snatWrong(gateway, { address: '203.0.113.18' }),
      snatLost(gateway),
      portAddressWrong('vpc-a-db-1', { mac: '02:00:00:01:03:99' }),
      routeLost({ router: 'lr-vpc-a', to: '10.1.0.0/16' }),
      backendLost('lb-vpc-a-web', 'vpc-a-web-2'),
      chassisLeftBehind({ name: 'chassis-9', address: '172.20.0.99' }),
    ].map((fault) => lasting(fault, '1s')),
    connectionForgotten(gateway, { from: 'vpc-a-web-1', to: 'internet' }),
  ),
  name: 'nine losses of state',
}

test('whatever is lost of what VPC A is known by is put back, and ends no session', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcsBalanced), run)
  await using outside = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 50 }))
  await using inside = await send(lab, sessions({ from: 'vpc-a-web-2', to: 'vpc-a-app-1', count: 50 }))
  await using bystanders = await send(lab, sessions({ from: 'vpc-b-web-1', to: 'internet', count: 50 }))
  await using witness = await send(lab, probe({ from: 'vpc-b-web-1', to: 'vpc-b-web-2' }))
  const all = [outside, inside, bystanders, witness]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '20s' })))

  await using loss = await inject(lab, losses)
  await until(lab, loss.ended, { within: '20s' })
  await until(lab, backendsOnline('lb-vpc-a-web', { are: ['vpc-a-web-1', 'vpc-a-web-2'] }), { within: '15s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '20s' })))

  const claims = [
    ...[outside, inside].flatMap((of) => [
      sessionsKept({ of, during: loss, survived: '100%', pause: '3s' }),
      sessionsKept({ of, after: loss, survived: '100%', pause: '3s' }),
    ]),
    sessionsKept({ of: bystanders, during: loss, survived: '100%', pause: '500ms' }),
    errors({ of: bystanders, during: loss, atMost: '0%' }),
    impairment({ of: witness, during: loss, is: 'none' }),
    metric('ovn_load_balancer_backend_up{load_balancer="lb-vpc-a-web"}', { becomes: 1, after: loss }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
