// With graceful restart, users do not notice that bgpd of their NAT gateway dies: its kernel goes on forwarding, and its
// peers keep its routes. They notice that it comes back. And what a gateway that is really dead costs depends on what
// its peers make of BFD.
//
//     vpc-a-web-1 ── lr-vpc-a ══ chassis-1, chassis-2 ══BGP══ nat-gw-a-1  bgpd †  ══BGP══ internet
//                        ╚═══════════════════════════════════ nat-gw-a-2 (standby) ═════════╝
//
// Every speaker preserves its forwarding state and says so (RFC 4724), and keeps the routes of one that restarts for
// 10 s. bgpd dies: its kernel closes its sessions, and bfdd, which nobody asks for them any more, ends theirs some
// milliseconds later. Whether that is the end of the path or of the control plane alone is what the C bit tells (RFC
// 5882 §4.3), and bfdd's is clear:
//
//   heeded    BFD's end is the path's. The sessions are closed when it comes, a few ms before, so that it finds none to
//             end; on a busy host it may be first, and then it is as without graceful restart. A silent gateway is
//             missed as ever, after 3 × 100 ms.
//   ignored   BFD's end is the control plane's, for as long as the gateway's routes may be kept. So nothing is lost when
//             bgpd dies. But nothing is gained by BFD either: a silent gateway is missed when the hold time is over, 2
//             to 3 s, and then its routes are kept for 10 s as those of one that restarts. RFC 5882 (section 4.3.2.2)
//             would have BFD heeded: BGP cannot say beforehand that it restarts.
//
// The surprise is the return. A bgpd that restarts should tell zebra that it has all its routes again before zebra
// sweeps the old ones. FRR 10.3 tells it when the first of its peers has sent its End-of-RIB: it waits only for
// peers that are Established, and then one is. The kernel's routes go, and come when the last peer is heard: up to a
// ConnectRetry (1 s) later, and a speaker's turn; another if both ends call at once and both hang up (RFC 4271 §6.8),
// which is seen once in some tens of runs. So the return costs about what it should have saved.

import { test } from 'vitest'
import { inject, isolate, killProcess } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withGracefulRestart, withMonitor } from '../fixtures/index.ts'
import { ask, type Duration, metricIs, nextHop, nightly, startLab, toNs, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const gateway = 'nat-gw-a-1'
const way = (is: string) => nextHop('lr-vpc-a', { for: '0.0.0.0/0', is })
const ms = (ns: number): Duration => `${Math.ceil(ns / 1e6)}ms`

const heeded = withGracefulRestart(twoVpcs, 'heeded')
const ignored = withGracefulRestart(twoVpcs, 'ignored')
const { timers } = heeded
const { holdS, keepaliveS, connectRetryS } = timers.bgp
const restartS = timers.gracefulRestart?.restartS ?? 0
const failover = limit(timers, { detectedBy: 'bfd', speakers: 2, ovn: 1 })
const missed = limit(timers, { detectedBy: 'hold-time', keepalives: 1, speakers: 1, ovn: 1 })

const labs = [
  { bfd: 'heeded', topology: heeded, atLeast: '0ms', atMost: failover },
  ...nightly({
    bfd: 'ignored',
    topology: ignored,
    atLeast: `${holdS - keepaliveS + restartS}s`,
    atMost: ms(toNs(missed) + restartS * 1e9),
  } as const),
] as const

const listens = `frr_collector_up{instance="${gateway}",collector="bgp"}`
const session = `frr_bgp_peer_state{instance="internet",peer_desc="${gateway}"}`

for (const { bfd, topology, atLeast, atMost } of labs) {
  test(`with BFD ${bfd}, users pay for the return of a bgpd and not for its death`, async (run) => {
    await using lab = await startLab(withMonitor(topology), run)
    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '100pps' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '100pps' }))
    for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '15s' })
    await until(lab, way(gateway), { within: '5s' })

    await using death = await inject(lab, killProcess(gateway, 'bgpd'))
    await until(lab, users.sustained, { within: '10s' })

    await until(lab, metricIs(listens, { is: 0 }), { within: '5s' })
    await death.heal()
    await until(lab, way(gateway), { within: '10s' })
    for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '10s' })

    const claims = [
      path({ of: users, before: death, via: gateway }),
      bfd === 'ignored'
        ? impairment({ of: users, during: death, is: 'none' })
        : outage({ of: users, during: death, atMost: failover }),
      outage({
        of: users,
        after: death,
        atMost: ms(toNs(limit(timers, { speakers: 1, ovn: 1 })) + 2 * connectRetryS * 1e9),
      }),
      impairment({ of: bystanders, is: 'none' }),
      metric(listens, { becomes: 0, during: death }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  })

  test(`with BFD ${bfd}, a gateway that falls silent is missed as that has it`, async (run) => {
    await using lab = await startLab(withMonitor(topology), run)
    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '100pps' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet', rate: '100pps' }))
    for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '15s' })
    await until(lab, way(gateway), { within: '5s' })

    await using silence = await inject(lab, isolate(gateway))
    await until(lab, way('nat-gw-a-2'), { within: '20s' })
    await until(lab, users.sustained, { within: '10s' })

    await until(lab, metricIs(session, { is: 0 }), { within: '5s' })
    await silence.heal()
    await until(lab, way(gateway), { within: '30s' })
    for (const flow of [users, bystanders]) await until(lab, flow.sustained, { within: '10s' })

    const claims = [
      path({ of: users, before: silence, via: gateway }),
      path({ of: users, during: silence, via: 'nat-gw-a-2' }),
      outage({ of: users, during: silence, atLeast, atMost }),
      impairment({ of: bystanders, is: 'none' }),
      metric(session, { becomes: 0, during: silence }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  })
}
