// Under load from web to app to db, VPC A's app chassis loses its underlay link three times, for a second
// each: users pay with those seconds and TCP's patience, and with nothing else. Pairs of VPC B that share
// no link with it notice nothing.
//
//     chassis-1                                      chassis-2
//     vpc-a-web-1 ── 100 requests/s ══╗
//                                     ╠══ fabric ══╳══ vpc-a-app-1
//     vpc-a-db-1 ─── 100 sessions ════╝
//     vpc-b-web-2 ── 50 requests/s ── vpc-b-app-1      no tunnel, no gateway
//
// The app tier of VPC A is on chassis-2 alone, so nothing can take over, and nothing does: OVN moves no
// workload. East-west traffic waits for no BFD either, so it is back with the link.
//
// What waits for an answer while the link is down is repeated after 0.2, 0.6, 1.4 and 3.0 s (RFC 6298,
// section 2, with Linux's least RTO): of a second without a link, a connection feels up to 1.4 s, and with
// an RTO of 0.43 s, which a busy host may come to, up to 3.0 s. That is the longest pause of a session.
// None ends: TCP would be patient for minutes.
//
// The error budget: of what falls due while an exchange waits, one is answered late, one is sent as soon as
// it is, and only the rest is lost. A session has two each second, so it loses one for each loss of the
// link, 3 of the 26 in the 13 s from the first loss to the end of the third, 12 %. A connection has five
// requests at once each second, and loses four: 12 of 65, 18 %. 20 % for both. Behind the last heal four of
// each connection may still be missed, 80 of at least 1000 in the 10 s that are waited: 10 %.
//
// New sessions work with the link again; one is tried every 100 ms, and a SYN that is lost in the last
// moment is not repeated in time: 1.2 s, and 1.5 s on a busy host.
//
// VPC B's bystanders are chosen with care. Its gateway's port and most of its pairs run through chassis-2,
// or through the tunnels, and feel the loss. What stays on chassis-1 is switched and routed there.

import { test } from 'vitest'
import { FABRIC, inject, linkDown, repeat } from '../chaos/index.ts'
import { errors, impairment, metric, newSessions, sessionsKept, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, startLab, until } from '../lab/index.ts'
import { type Profile, probe, profile, send } from '../traffic/index.ts'

const tiers: Profile = {
  name: 'tier mix',
  traffic: [
    { tenant: 'tenant-1', from: 'web', to: 'app', http: { rate: '100/s', connections: 20 } },
    { tenant: 'tenant-1', from: 'app', to: 'db', sessions: { count: 100, every: '500ms' } },
  ],
}

const neighbours: Profile = {
  name: 'neighbours of tenant-2',
  traffic: [{ tenant: 'tenant-2', from: 'vpc-b-web-2', to: 'vpc-b-app-1', http: { rate: '50/s', connections: 10 } }],
}

const flaps = 'sum(node_network_carrier_down_changes_total{instance="chassis-2"})'

test('a flapping link of the app chassis costs VPC A its error budget and no session', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using load = await send(lab, profile(tiers))
  await using bystanders = await send(lab, profile(neighbours))
  await using witness = await send(lab, probe({ from: 'vpc-b-web-2', to: 'vpc-b-app-1' }))
  await until(lab, all(load.sustained, bystanders.sustained, witness.sustained), { within: '20s' })

  await using flap = await inject(lab, repeat(linkDown('chassis-2', FABRIC), { times: 3, lasting: '1s', every: '6s' }))
  await until(lab, flap.ended, { within: '30s' })

  await until(lab, all(load.sustained, bystanders.sustained, load.sustained), { within: '20s' })
  await until(lab, witness.sustained, { within: '15s' })

  const claims = [
    errors({ of: load, during: flap, atMost: '20%' }),
    errors({ of: load, after: flap, atMost: '10%' }),
    sessionsKept({ of: load, during: flap, survived: '100%', reset: '0%', hung: '0%', pause: '3s' }),
    newSessions({ of: load, during: flap, within: '1500ms' }),
    errors({ of: bystanders, during: flap, atMost: '0%' }),
    errors({ of: bystanders, after: flap, atMost: '0%' }),
    impairment({ of: witness, is: 'none' }),
    metric(flaps, { risesBy: 3 }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
