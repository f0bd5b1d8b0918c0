// When the leader of the SB's cluster is lost, what is forwarded goes on being forwarded and another member
// leads within seconds. What takes longer, and how long by how the leader went, is whether the chassis can
// act again: VPC A's gateway falls silent a moment later, and its users wait for that.
//
//     central-1  leader ══╳══╗
//     central-2 ─────────────╬══ fabric ══ chassis-1, -2, -3
//     central-3 ─────────────╝
//
//     vpc-a-web-1 ── chassis-1 ══ chassis-2 ── vpc-a-app-1          neighbours: need no gateway
//     vpc-a-web-1 ── lr-vpc-a ══╳══ nat-gw-a-1 ... internet         users
//
// A member that hears no leader for 1 s, and up to 1 s of its own choice more, stands for election; votes
// take milliseconds. 3 s leave room for one election that nobody wins.
//
// What takes longer is that a northd finds the new leader. It wants the leader and no other, tries the
// members in turn, and backs off for 1, 2, 4 and 8 s between them: at 0, 1, 3, 7 and 15 s after the loss. The
// first two tries come before anybody leads, and the next three reach each member once, so that 15 s are
// the worst, and any of three northd may be luckier. Until then the chassis notice the gateway's silence,
// BFD takes 300 ms, and tell the SB, but no flow changes.
//
// Where the server alone dies, its kernel closes every connection, and all this begins at once. Where the
// node is cut off nobody tells its clients: they ask after 5 s without a word, and wait 5 s for an answer.
// With a turn of OVN's pipeline, and the reading of a whole database, 16 s and 26 s; of what the gateway's
// silence costs on any other day, gateway-isolation knows.

import { test } from 'vitest'
import { type Fault, inject, isolate, killProcess, on, sbLeader } from '../chaos/index.ts'
import { impairment, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcsRaft, withMonitor } from '../fixtures/index.ts'
import { ask, clusterWhole, type Duration, ledByAnother, nextHop, nightly, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const term = 'max(ovn_cluster_term{component="ovsdb-server-sb"})'

type Way = { readonly how: string; readonly fault: Fault; readonly cutOff: Duration }

test.for<Way>([
  { how: 'its server dies', fault: on(sbLeader(), (node) => killProcess(node, 'ovsdb-server-sb')), cutOff: '16s' },
  ...nightly<Way>({ how: 'its node is cut off', fault: on(sbLeader(), isolate), cutOff: '26s' }),
])(
  'forwarding outlives the SB leader when $how, and failing over waits for another',
  async ({ fault, cutOff }, run) => {
    await using lab = await startLab(withMonitor(twoVpcsRaft), run)

    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
    await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
    await Promise.all([users, neighbours, bystanders].map((flow) => until(lab, flow.sustained, { within: '15s' })))

    await using loss = await inject(lab, fault)
    await until(lab, ledByAnother('sb', { than: loss }), { within: '3s' })

    await using silence = await inject(lab, isolate('nat-gw-a-1'))
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '20s' })
    await until(lab, users.sustained, { within: '30s' })

    await loss.heal()
    await until(lab, clusterWhole, { within: '10s' })
    await silence.heal()
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
    await Promise.all([users, neighbours, bystanders].map((flow) => until(lab, flow.sustained, { within: '10s' })))

    const claims = [
      path({ of: users, before: silence, via: 'nat-gw-a-1' }),
      path({ of: users, during: silence, via: 'nat-gw-a-2' }),
      outage({ of: users, during: silence, atMost: cutOff }),
      impairment({ of: [neighbours, bystanders], is: 'none' }),
      metric(term, { risesBy: 1 }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)
