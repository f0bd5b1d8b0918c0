// When the underlay of chassis-1 no longer carries packets as long as Geneve makes them, small packets pass, large ones
// vanish, and nobody is told: ping and BFD are well, TCP connects, and its first full segment is sent again and again.
//
//     vpc-a-web-1 ── chassis-1 ══╳ above 1300 bytes ══ fabric ══ chassis-2 ── vpc-a-web-2
//         vpc-a-db-1 ──┘                                    └── vpc-a-app-1
//
// The overlay's MTU is 1400 and Geneve adds 50 to 58 bytes, so that a full packet is about 1450 bytes of the underlay's
// 1500. At 1300 all that is longer than about 1242 inside is lost. A switch sends no ICMP, nor does OVN learn of it,
// so that path MTU discovery (RFC 1191) has nothing to discover by; and Linux does not look for itself by default
// (net.ipv4.tcp_mtu_probing 0; RFC 4821).
//
// What asks and answers in a small packet each fails never. What sends 4000 bytes connects, and then hears nothing for
// as long as the fault lasts; what was sent in the last 2 s of it, its time-out, is answered when the path is whole again
// and TCP tries once more. Of the 6 s that it lasts the first 4 fail without exception: two thirds of what was due, and
// half of it with 500 ms at either end for a busy host.

import { test } from 'vitest'
import { FABRIC, impair, inject, lasting } from '../chaos/index.ts'
import { errors, impairment, metric, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, bfdUp, startLab, until } from '../lab/index.ts'
import { http, probe, send } from '../traffic/index.ts'

const toWeb = (from: string, bodyBytes = 0) =>
  http({
    ...{ from, to: 'vpc-a-web-2', rate: '10/s', mode: 'new-connection' },
    classes: [bodyBytes > 0 ? { method: 'POST', bodyBytes } : {}],
  })

test('small packets pass and large ones vanish when the underlay carries less than Geneve needs', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using pings = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-web-2' }))
  await using small = await send(lab, toWeb('vpc-a-db-1'))
  await using large = await send(lab, toWeb('vpc-a-web-1', 4000))
  await using local = await send(lab, toWeb('vpc-a-app-1', 4000))
  const all = [pings, small, large, local]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const narrow = impair({ between: ['chassis-1', FABRIC], mtu: 1300 })
  await using shrink = await inject(lab, lasting(narrow, '6s'))
  await until(lab, small.sustained, { within: '6s' })
  await until(lab, bfdUp(), { within: '1s' })
  await until(lab, shrink.ended, { within: '10s' })

  await shrink.heal()
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    impairment({ of: pings, is: 'none' }),
    errors({ of: [small, local], atMost: '0%' }),
    errors({ of: large, during: shrink, atLeast: '50%', atMost: '100%' }),
    metric('ovs_tunnel_bfd_forwarding', { is: 1, during: shrink }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
