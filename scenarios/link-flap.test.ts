// When chassis-1's uplink flaps ten times, each time for far less than tunnel BFD waits for, its tunnels carry again
// after each flap, and nothing moves: no gateway port, no route, and not a packet of those who need no tunnel.
//
//     vpc-a-web-1 ── chassis-1 ══╱╲╱╲══ fabric ══ chassis-2 ── vpc-a-app-1      across
//                        └ nat-gw-a-1 ── internet                               home
//
// The carrier is away for 200 ms every 1.8 s, give or take a tenth of what lies between (from the run's seed). With
// the default timers a tunnel's BFD waits for 3 × 1 s, and that between the NAT gateways and the speakers across the
// tunnel for 3 × 300 ms; so neither is told. Who crosses the tunnel loses what a flap lasts, and 500 ms for a busy
// host, which may also let go of the link late: 700 ms. With 3 × 200 ms a flap of 400 ms is enough to be taken for a
// death, since up to 200 ms pass from a BFD packet to the next: a detection time leaves that much less room than it
// seems to, and then the ports of both VPCs go to and fro for longer than the flap.

import { test } from 'vitest'
import { FABRIC, inject, linkDown, repeat } from '../chaos/index.ts'
import { impairment, metric, nothingLeaked, outage, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor, withTimers } from '../fixtures/index.ts'
import { ask, gatewayPort, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const TIMES = 10

/** Of flaps that are shorter than a scrape only a counter tells. */
const flapped = 'sum(node_network_carrier_down_changes_total{instance="chassis-1"})'
const moves = 'max(changes(ovn_port_binding_claims_total{type="chassisredirect"}[2s]))'

test('tunnels carry again after each of ten flaps of an uplink, and no gateway port moves', async (run) => {
  await using lab = await startLab(withMonitor(withTimers(twoVpcs, 'default')), run)

  await using across = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using home = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using others = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  const all = [across, home, others]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const cable = linkDown('chassis-1', FABRIC)
  await using flaps = await inject(lab, repeat(cable, { times: TIMES, lasting: '200ms', every: '1800ms', jitter: 0.1 }))
  await until(lab, flaps.ended, { within: '40s' })
  await flaps.heal()
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-1' }), { within: '1s' })
  await until(lab, steadyState, { within: '15s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const each = Array.from({ length: TIMES }, (_, i) => ({ name: `${cable.name} (${i + 1} of ${TIMES})` }))
  const claims = [
    ...each.map((flap) => outage({ of: across, during: flap, atLeast: '100ms', atMost: '700ms' })),
    impairment({ of: [home, others], is: 'none' }),
    metric(flapped, { risesBy: TIMES }),
    metric(moves, { is: 0, during: flaps }),
    nothingLeaked({ after: flaps }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
