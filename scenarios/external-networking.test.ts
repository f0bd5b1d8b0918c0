// Each NAT gateway reaches the internet, each VPC reaches its gateways, and each VPC reaches the
// internet through them under its own public address and no other.
//
//     vpc-x-web-1 ── lr-vpc-x ── nat-gw-x-1, -2 ── internet
//                                SNAT to 203.0.113.17 (A), .33 (B)
//
// The far end says whom it sees: the HTTP server and the prober answer with the client's address.

import { test } from 'vitest'
import { reachable, verify } from '../checks/index.ts'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { startLab } from '../lab/index.ts'
import { attempt } from '../traffic/index.ts'

test('every VPC reaches the internet through its own gateways and under its own address', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const internet = twoVpcs.internet.name
  const vpcs = Object.values(twoVpcs.vpcs)

  const uplinks = vpcs.flatMap(({ nat }) =>
    nat.gateways.map(({ name }) => ({ from: name, to: internet, protocol: 'tcp' as const, port: 80 })),
  )
  const insides = vpcs.flatMap(({ nat, workloads }) =>
    nat.gateways.flatMap(({ name }) => workloads.map((w) => ({ from: w.name, to: name, protocol: 'icmp' as const }))),
  )
  const outward = vpcs.flatMap(({ workloads, publicAddress }) =>
    workloads.flatMap(({ name }) => [
      { from: name, to: internet, protocol: 'tcp' as const, port: 80, seenAs: publicAddress },
      { from: name, to: internet, protocol: 'udp' as const, seenAs: publicAddress },
    ]),
  )
  await attempt(lab, [...uplinks, ...insides, ...outward])

  verify(lab.history, [...uplinks, ...insides, ...outward].map(reachable))
})
