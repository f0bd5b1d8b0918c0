// When only the path between the two gateway chassis is lost, while both still reach the witness and the SB,
// neither takes itself for the one that is cut off, and both claim the gateway ports, again and again. What
// users feel of it: not only those who needed that path, but also those whose gateway, chassis and way out
// are all in order lose much of what they send. Who stays on one chassis notices nothing.
//
//     chassis-1 ════╳════ chassis-2         vpc-a-web-1, nat-gw-a-1 on chassis-1: at home
//          ╚═ chassis-3 ═╝                  vpc-a-web-2 on chassis-2: away from its gateway
//             witness, SB                   traffic-gen-a, vpc-a-web-2 on chassis-2: neighbours
//
// After BFD's 600 ms each of the two holds the other for dead and claims what it finds with the other. A
// chassis that was robbed of a port waits about half a second before it claims it back, and what is sent
// while the other one has it goes nowhere: less than the 4 s that the path is away, never more. What comes
// from the internet still meets nat-gw-a-1, and vpc-a-web-1 beside it: 500 ms for a host that is busy with
// all this. Who is away from the gateway, or across the path, is cut off for as long as the path, 4 s, and
// the half second of a claim.
//
// When the path is back, the tunnel's BFD begins at the slow pace of 1 s that RFC 5880 (section 6.8.3)
// wants, and the claims go on until it is up, and settle within another: 3 s, as after fabric-loss.

import { test } from 'vitest'
import { inject, lasting, pathLoss } from '../chaos/index.ts'
import { blastRadius, impairment, metric, outage, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, gatewayPort, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const moves = 'ovn_port_binding_claims_total{logical_port="cr-lrp-vpc-a-nat"}'

test('both gateway chassis claim when only the path between them is lost, and users at home feel it too', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using home = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using away = await send(lab, probe({ from: 'vpc-a-web-2', to: 'internet' }))
  await using across = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using neighbours = await send(lab, probe({ from: 'traffic-gen-a', to: 'vpc-a-web-2' }))
  const all = [home, away, across, neighbours]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await using split = await inject(lab, lasting(pathLoss('chassis-1', 'chassis-2'), '4s'))
  for (const chassis of ['chassis-2', 'chassis-1', 'chassis-2', 'chassis-1'])
    await until(lab, gatewayPort('vpc-a', { on: chassis }), { within: '4s' })

  await until(lab, split.ended, { within: '10s' })
  await split.heal()
  await until(lab, steadyState, { within: '15s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    outage({ of: home, during: split, direction: 'forward', atMost: '4s' }),
    outage({ of: home, during: split, direction: 'reverse', atMost: '500ms' }),
    outage({ of: [away, across], during: split, atMost: '4500ms' }),
    outage({ of: [home, away, across], after: split, atMost: '3s' }),
    blastRadius({ of: split, declared: [home, away, across], bystanders: [neighbours] }),
    impairment({ of: neighbours, is: 'none' }),
    metric(moves, { risesBy: 2, during: split }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
