// A tenant's subnet that another tenant's speaker announces goes nowhere: every NAT gateway has the routes of its own
// VPC and no others, before and meanwhile.
//
//     lr-vpc-b ── speaker-b-2 ══ 10.0.1.0/24 (of VPC A!) ══> nat-gw-b-1, nat-gw-b-2      refused
//     lr-vpc-a ── speaker-a-1 ══ 10.0.1.0/24, …         ══> nat-gw-a-1, nat-gw-a-2      as ever
//
// VPC B's speaker on chassis-1 lets the prefix out and originates it, as after a mistake in its configuration. A
// gateway that believed it would carry packets to an address of VPC A that somebody in VPC B has taken.
// Both gateways of VPC B have a filter with their own VPC's range (RFC 7454 §6). Nobody loses a packet.

import { test } from 'vitest'
import { hijack, inject } from '../chaos/index.ts'
import { announced, impairment, metric, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, ownRoutesOnly, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { a, b } = twoVpcs.vpcs
const prefix = a.subnets[0]?.cidr ?? 'none'
const chassis = b.nat.speakers[0]?.chassis ?? 'none'

const accepted = 'frr_bgp_peer_prefixes_received_count_total{instance="nat-gw-b-1",peer_desc="speaker-b-1"}'

test("a route of one tenant never reaches another tenant's gateways", async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '250pps' }))
  await using others = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '250pps' }))
  await until(lab, all(users.sustained, others.sustained), { within: '15s' })
  await until(lab, ownRoutesOnly, { within: '5s' })

  await using leak = await inject(lab, hijack({ by: chassis, to: 'nat-gw-b-1', prefix }))
  await until(lab, users.sustained, { within: '10s' })
  await until(lab, ownRoutesOnly, { within: '1s' })

  await leak.heal()
  await until(lab, others.sustained, { within: '10s' })

  const claims = [
    announced({ during: leak, prefix, by: chassis, at: 'nat-gw-b-1', is: 'refused' }),
    announced({ during: leak, prefix, by: chassis, at: 'nat-gw-b-2', is: 'refused' }),
    impairment({ of: [users, others], is: 'none' }),
    metric(accepted, { is: 4, during: leak }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
