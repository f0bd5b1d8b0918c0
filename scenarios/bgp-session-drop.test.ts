// What the loss of one BGP session of the active NAT gateway costs its users, by the way it is lost. The link below
// it is sound all the while, so that nothing is lost because it could not be carried: what is lost is lost
// while the two ends of the path disagree.
//
//     vpc-a-web-1 ── lr-vpc-a ══ chassis-1 ══BGP══ nat-gw-a-1 ══BGP══ internet      one of these two
//                        ╚══════ nat-gw-a-2 (standby) ════════════════╝
//
// Forward moves when OVN has another next hop, reverse when the internet has another path. If reverse moves first, what
// comes back through the standby meets no NAT entry and is dropped until forward has moved as well; if forward
// moves first nothing is lost, because the old gateway still knows the flow. Who hears of it, and when:
//
//   shut down      the internet by NOTIFICATION, OVN after the gateway and its speaker have chosen anew
//   reset          the same, and back again as soon as ConnectRetry lets it: two moves, two turns of OVN
//   refreshed      routes are sent anew, nobody chooses anything else: nothing
//   over limit     only OVN, by its own speaker: forward moves, and reverse stays
//   bgpd dies      its kernel closes all its sessions at once
//   bgpd freezes   BFD is another daemon and goes on: every peer waits for the hold time, by its own clock, and
//                  these were started by keepalives up to an interval (1 s) apart
//   TCP is lost    the same, but both ends of one session wait
//   BFD is lost    each end misses three packets, sent up to an interval apart
//
// Each gets the turns of the speakers and of OVN that it needs, and half a second for a busy host. When
// it is healed the gateway hears its peers again before it announces anything: a turn, and OVN's. Only a bgpd that was
// frozen has all of its sessions to begin anew at once, by its peers' ConnectRetry, and each whenever that is.

import { test } from 'vitest'
import {
  bgpRefresh,
  bgpReset,
  bgpShutdown,
  block,
  type Fault,
  freezeProcess,
  inject,
  killProcess,
  prefixLimit,
} from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, type Turns, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, nightly, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers, internet } = twoVpcs
const gateway = 'nat-gw-a-1'
const uplink = [gateway, internet.name] as const
/** The session as the other end has it, 1 while Established. */
const state = (at: string) => `frr_bgp_peer_state{instance="${at}",peer_desc="${gateway}"}`
const established = `frr_bgp_peer_uptime_seconds{instance="${internet.name}",peer_desc="${gateway}"}`

/** A speaker tells of the VPC's four subnets with workloads. */
const most = 3

type Way = {
  readonly how: string
  readonly fault: Fault
  readonly costs: Turns
  readonly back?: Turns
  readonly seen?: string
}

const ways: readonly Way[] = [
  { how: 'is shut down', fault: bgpShutdown(...uplink), costs: { speakers: 2, ovn: 1 } },
  {
    how: 'loses its bgpd',
    fault: killProcess(gateway, 'bgpd'),
    costs: { speakers: 1, ovn: 1 },
    seen: `frr_collector_up{instance="${gateway}",collector="bgp"}`,
  },
  {
    how: 'loses its BFD',
    fault: block({ between: uplink, what: 'bfd' }),
    costs: { detectedBy: 'bfd', speakers: 2, ovn: 1 },
    seen: `min(frr_bfd_peer_state{instance="${gateway}"})`,
  },
  ...nightly<Way>(
    {
      how: 'exceeds a limit',
      fault: prefixLimit(gateway, 'chassis-1', { most }),
      costs: { speakers: 1, ovn: 1 },
      seen: state('chassis-1'),
    },
    {
      how: 'has a frozen bgpd',
      fault: freezeProcess(gateway, 'bgpd'),
      costs: { keepalives: 1, speakers: 1, ovn: 1 },
      back: { begun: 1, speakers: 1, ovn: 1 },
    },
    {
      how: 'loses its TCP',
      fault: block({ between: uplink, what: 'bgp' }),
      costs: { keepalives: 1, speakers: 2, ovn: 1 },
    },
  ),
]

test.for(ways)('users pay what it takes to agree on another gateway when a BGP session $how', async (way, run) => {
  const { seen = state(internet.name), back = { speakers: 1, ovn: 1 } } = way
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: internet.name, rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: internet.name, rate: '500pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: gateway }), { within: '10s' })

  await using drop = await inject(lab, way.fault)
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, users.sustained, { within: '10s' })

  await until(lab, metricIs(seen, { is: 0 }), { within: '5s' })
  await drop.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: gateway }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: drop, via: gateway }),
    outage({ of: users, during: drop, atMost: limit(timers, way.costs) }),
    outage({ of: users, after: drop, atMost: limit(timers, back) }),
    impairment({ of: bystanders, is: 'none' }),
    metric(seen, { becomes: 0, during: drop }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})

test('users pay for two moves when a BGP session is reset, and comes back by itself', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: internet.name, rate: '500pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: internet.name, rate: '500pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await using reset = await inject(lab, bgpReset(...uplink))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: gateway }), { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const claims = [
    path({ of: users, before: reset, via: gateway }),
    outage({ of: users, after: reset, atMost: limit(timers, { speakers: 3, ovn: 2 }) }),
    impairment({ of: bystanders, is: 'none' }),
    metric(`timestamp(${established}) - ${established}`, { risesBy: 1 }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})

test('users pay nothing when a BGP session is refreshed', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: internet.name, rate: '500pps' }))
  await until(lab, users.sustained, { within: '15s' })

  await using refresh = await inject(lab, bgpRefresh(...uplink))
  await until(lab, users.sustained, { within: '10s' })

  const claims = [
    path({ of: users, before: refresh, via: gateway }),
    path({ of: users, after: refresh, via: gateway }),
    impairment({ of: users, is: 'none' }),
    metric(state(internet.name), { is: 1 }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
