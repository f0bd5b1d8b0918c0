// A tenant's NAT gateway that announces another tenant's public address is not believed, and the other tenant
// never notices.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ══ 203.0.113.17/32 ══╦══ internet
//     vpc-b-web-1 ── lr-vpc-b ── nat-gw-b-1 ══ 203.0.113.17/32 ══╝   (its own: 203.0.113.33/32)
//
// nat-gw-b-1 lets VPC A's address out by its own filter, and originates it: the AS path is as short as that of
// nat-gw-a-1, and the router that hears both may choose either. The internet has a filter for each gateway,
// with the public range of its own VPC and nothing else (RFC 7454 §6), so that what it hears is refused, and
// says so in its log. What is not chosen carries no packet: nobody loses one, in either VPC.

import { test } from 'vitest'
import { hijack, inject } from '../chaos/index.ts'
import { announced, impairment, metric, path, source, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { publicAddress } = twoVpcs.vpcs.a
const prefix = `${publicAddress}/32`

const accepted = 'frr_bgp_peer_prefixes_received_count_total{instance="internet",peer_desc="nat-gw-b-1"}'

test("a tenant's public address announced by another tenant's gateway is refused", async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '250pps' }))
  await using others = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '250pps' }))
  await until(lab, all(users.sustained, others.sustained), { within: '15s' })

  await using theft = await inject(lab, hijack({ by: 'nat-gw-b-1', to: 'internet', prefix }))
  await until(lab, all(users.sustained, others.sustained), { within: '10s' })

  await theft.heal()
  await until(lab, users.sustained, { within: '10s' })

  const claims = [
    announced({ during: theft, prefix, by: 'nat-gw-b-1', at: 'internet', is: 'refused' }),
    path({ of: users, during: theft, via: 'nat-gw-a-1' }),
    path({ of: others, during: theft, via: 'nat-gw-b-1' }),
    source({ of: users, during: theft, is: publicAddress }),
    impairment({ of: [users, others], is: 'none' }),
    metric(accepted, { is: 1, during: theft }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
