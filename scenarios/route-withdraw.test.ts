// A gateway that withdraws its public address from the internet, and still offers its default to OVN, cuts its users
// off for as long as it does so: packets leave by it and come back by the other, which has no NAT entry.
//
//     vpc-a-web-1 ── lr-vpc-a ══> nat-gw-a-1 ══════════════════> internet     no 203.0.113.17/32 from nat-gw-a-1
//                             <── nat-gw-a-2 (no NAT entry) ╳<══
//
// Both gateways share the public address, and of a flow only the one knows that translated it. What an operator
// meant as a drain is half of one: path-drain is the other half. Nothing notices: every session is up, every BFD too, and
// whoever asks the gateway gets an answer. What is sent arrives, every packet of it. Only the forwarding tables tell,
// walked out and back.
//
// It lasts 3 s. The internet chooses anew a speaker's turn after the withdrawal, and the same after the address is
// announced again: what comes back is lost for as long, give or take a turn and a busy host, 560 ms. What
// leaves loses nothing: 100 ms is what the noise floor of a busy machine lets be claimed of that.

import { test } from 'vitest'
import { inject, lasting, routeWithdrawn } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, type Duration, nextHop, routesFlawed, startLab, toNs, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers } = twoVpcs
const nat = nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' })
const lasts = '3s'
const astray = { saying: 'vpc-a-web-1 leaves by nat-gw-a-1 and is answered by nat-gw-a-2' }
const give = toNs(limit(timers, { speakers: 1 }))
const ms = (ns: number): Duration => `${Math.round(ns / 1e6)}ms`

const received = 'frr_bgp_peer_prefixes_received_count_total{instance="internet",peer_desc="nat-gw-a-1"}'

test('half a drain cuts users off for as long as it lasts, and no session goes down', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '250pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '250pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nat, { within: '10s' })

  await using withdrawal = await inject(lab, lasting(routeWithdrawn('nat-gw-a-1'), lasts))
  await until(lab, routesFlawed('vpc-a', astray), { within: '2s' })
  await until(lab, withdrawal.ended, { within: '10s' })
  await until(lab, users.sustained, { within: '10s' })
  await until(lab, nat, { within: '1s' })

  const during = { of: users, during: withdrawal } as const
  await until(lab, bystanders.sustained, { within: '10s' })

  const claims = [
    path({ of: users, before: withdrawal, via: 'nat-gw-a-1' }),
    outage({ ...during, direction: 'forward', atMost: '100ms' }),
    outage({ ...during, direction: 'reverse', atLeast: ms(toNs(lasts) - give), atMost: ms(toNs(lasts) + give) }),
    impairment({ of: bystanders, is: 'none' }),
    metric(received, { becomes: 0, during: withdrawal }),
    metric('frr_bgp_peer_state{vpc="vpc-a"}', { is: 1, during: withdrawal }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
