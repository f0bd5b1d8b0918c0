// When the SB loses its record of a chassis that lives, as by `ovn-sbctl chassis-del` of the wrong one, the
// chassis is back within the second, by itself; but whoever needs its tunnels is cut off for longer than that,
// as after a failure of its uplink. Who stays on one chassis notices nothing.
//
//     SB: chassis-1 ╳ → registers anew, its ports are bound to nobody in between
//     chassis-1 ══╳══ chassis-2, chassis-3      every tunnel to it is taken down, and made again
//
// ovn-controller sees its record gone and writes another: a turn of OVN's pipeline, 100 ms. Its ports were
// bound to the old one, are nobody's until it claims them, and gateway ports go to chassis-2 meanwhile. The
// tunnels are made anew everywhere, and their BFD begins at the slow pace of 1 s that RFC 5880 (section 6.8.3)
// wants; only when it is up is chassis-1 the gateway chassis again for those who ask it by tunnel. As after
// fabric-loss that takes up to 3 s.

import { test } from 'vitest'
import { chassisForgotten, inject } from '../chaos/index.ts'
import { blastRadius, metric, outage, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, gatewayPort, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const moves = 'ovn_port_binding_claims_total{logical_port="cr-lrp-vpc-a-nat"}'

test('a chassis whose record the SB lost is back by itself, and its tunnels a moment later', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using home = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using across = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using neighbours = await send(lab, probe({ from: 'traffic-gen-a', to: 'vpc-a-web-2' }))
  const all = [home, across, neighbours]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await using loss = await inject(lab, chassisForgotten('chassis-1'))
  await until(lab, loss.ended, { within: '10s' })
  await until(lab, gatewayPort('vpc-a', { on: 'chassis-1' }), { within: '10s' })
  await until(lab, steadyState, { within: '15s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    outage({ of: [home, across], after: loss, atMost: '3s' }),
    blastRadius({ of: loss, declared: [home, across], bystanders: [neighbours] }),
    metric(moves, { risesBy: 1 }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
