// When VPC A's active NAT gateway forgets every connection, as after `conntrack -F`, its sessions live on:
// none is reset, none hangs, all keep their public address and port. VPC B's never notice.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1  conntrack: 0 entries ── internet
//     200 sessions                           sees 203.0.113.17, each from the port that it had
//
// What comes from inside makes its entry anew, in the middle of the session, as netfilter does by default
// (nf_conntrack_tcp_loose), and its SNAT gives it the one public address and its own port, which nobody else
// has there: the server sees nothing. What comes from outside before that meets no entry, and falls into the
// blackhole route of the public address: it is lost, and not answered with an RST. So of the probes only those
// from the internet are lost, until the next one from inside, 4 ms later; 500 ms leave room for a sender that
// a busy host lets wait.
//
// A session's exchange whose answer is lost is repeated after 200 ms (RFC 6298), and the repetition opens the
// way; 1 s leaves room for an RTO that a busy host has made longer. New ones are tried every 100 ms, and only
// one whose SYN was on its way is lost: 500 ms.

import { test } from 'vitest'
import { conntrackFlushed, inject } from '../chaos/index.ts'
import {
  errors,
  impairment,
  newSessions,
  outage,
  path,
  quiet,
  sessionSource,
  sessionsKept,
  source,
  verify,
} from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, startLab, until } from '../lab/index.ts'
import { probe, send, sessions } from '../traffic/index.ts'

test('the sessions of VPC A live on when its NAT gateway forgets every connection', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using held = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 200 }))
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using bystanders = await send(lab, sessions({ from: 'vpc-b-web-1', to: 'internet', count: 50 }))
  await using witness = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  const all = [held, users, bystanders, witness]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '20s' })))

  await using flush = await inject(lab, conntrackFlushed('nat-gw-a-1'))
  await until(lab, flush.ended, { within: '5s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const ours = twoVpcs.vpcs.a.publicAddress
  const claims = [
    path({ of: users, before: flush, via: 'nat-gw-a-1' }),
    outage({ of: users, after: flush, atMost: '500ms' }),
    source({ of: users, after: flush, is: ours }),
    sessionsKept({ of: held, during: flush, survived: '100%', reset: '0%', hung: '0%', pause: '1s' }),
    sessionsKept({ of: held, after: flush, survived: '100%', reset: '0%', hung: '0%', pause: '1s' }),
    newSessions({ of: held, after: flush, within: '500ms' }),
    sessionSource({ of: held, after: flush, is: ours }),
    impairment({ of: witness, is: 'none' }),
    sessionsKept({ of: bystanders, after: flush, survived: '100%' }),
    errors({ of: bystanders, after: flush, atMost: '0%' }),
    quiet({ alert: 'BgpSessionDown' }),
    quiet({ alert: 'SnatPortsExhausted' }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
