// Whatever happens to gateways, chassis, servers, links and daemons, four things at a time but never more
// than there is a stand-in for: nobody's packets ever leave under another's address, and once the last fault
// is healed, the lab is in its steady state again, by itself and soon, with every permission and every denial.
//
//     vpc-a-web-1, -app-1, vpc-b-web-1, -app-1 ──  chassis-1, -2 ══ fabric ══ chassis-3, central
//     spared: they and the generators send             ╚══ nat-gw-a-1, -a-2, -b-1, -b-2 ══ internet
//
// Three waves of four faults, each for 2 to 4 s, drawn from the catalogue (chaos/catalogue) by the run's
// seed. Faults of one wave touch nothing in common: not both gateways of one VPC, not two chassis, not the
// control plane and a way out that it would have to move. Each waits, healed, until what it broke serves
// again, and so does the next wave.
//
// What may still be settling after that goes by the slowest timers: a BGP session is tried again each second
// and held for 3 s, a tunnel's BFD begins at 1 s a packet, three of which make it up, and a chassis tries
// its SB again after a back-off of up to 8 s. 15 s.
//
// What users lose is at most, in each wave, as long as its longest fault lasts, where that is their own chassis'
// datapath, and 3 s for its return: 3 × 7 s.

import { test } from 'vitest'
import { inject, storm } from '../chaos/index.ts'
import { matrix, metric, outage, source, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, ask, expectations, nodes, startLab, steadyState, until } from '../lab/index.ts'
import { attempt, icmp, probe, send } from '../traffic/index.ts'

const { a, b } = twoVpcs.vpcs
const spare = ['vpc-a-web-1', 'vpc-a-app-1', 'traffic-gen-a', 'vpc-b-web-1', 'vpc-b-app-1', 'traffic-gen-b']
const workloads = nodes(twoVpcs)
  .filter(({ role }) => role === 'workload')
  .map(({ name }) => name)

test('after a storm of faults that it survives one by one, the lab is soon as steady as before', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  const expected = expectations(twoVpcs)

  // Programs that start take a busy host's processors, which is no delay of the network: first these, then what measures.
  await using everywhere = await send(lab, icmp({ from: spare, to: workloads }))
  await until(lab, everywhere.sustained, { within: '15s' })
  await using fromA = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using fromB = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await using inside = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await until(lab, all(fromA.sustained, fromB.sustained, inside.sustained), { within: '15s' })

  await using weather = await inject(lab, storm({ waves: 3, atOnce: 4, lasting: ['2s', '4s'], spare }))
  await until(lab, weather.ended, { within: '120s' })
  await weather.heal()

  await until(lab, steadyState, { within: '15s' })
  await until(lab, all(...[fromA, fromB, inside, everywhere].map(({ sustained }) => sustained)), { within: '15s' })
  await attempt(lab, expected)

  const claims = [
    source({ of: fromA, is: a.publicAddress }),
    source({ of: fromB, is: b.publicAddress }),
    outage({ of: [fromA, fromB, inside], during: weather, atMost: '21s' }),
    matrix(expected),
    metric('{__name__=~"ov[sn]_component_up"}', { becomes: 1, after: weather }),
    metric('frr_bgp_peer_state', { becomes: 1, after: weather }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
