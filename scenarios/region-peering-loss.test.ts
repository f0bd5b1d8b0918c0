// Two regions are joined by two links between their internets. When the one that is wanted falls silent, what goes from a
// VPC of the first region to the second takes the other, both ways.
//
//     vpc-a-web-1 ── nat-gw-a-1 ══ internet ══╦══ region-2-1, wanted ═╳══╦══ internet-2
//                                             ╚══ region-2-2, prepended ═╝
//
// Each internet announces itself and its customers' public addresses to the other over both links, with its AS twice more
// on the second. Silence leaves both carriers up; BFD misses it after 3 × 100 ms at each end, and each internet then
// chooses the path that it has had all along: one speaker's turn, and neither OVN nor a gateway is asked. With room for a
// busy host 860 ms.
//
// On return the session is up again before its routes come, and both paths serve until then: nothing is lost.

import { test } from 'vitest'
import { inject, silence } from '../chaos/index.ts'
import { impairment, limit, metric, outage, rerouted, verify } from '../checks/index.ts'
import { twoRegions, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, routesWhole, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers, vpcs } = twoRegions
const forth = { prefix: '198.51.100.20/32', at: 'internet' } as const
const back = { prefix: `${vpcs.a.publicAddress}/32`, at: 'internet-2' } as const

const session = 'frr_bgp_peer_state{instance="internet",peer_desc="region-2-1"}'

test('what goes between two regions takes the second link when the first falls silent', async (run) => {
  await using lab = await startLab(withMonitor(twoRegions), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet-2' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '100pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await using silent = await inject(lab, silence({ between: 'internet:region-2-1' }))
  await until(lab, users.sustained, { within: '10s' })
  await until(lab, routesWhole(), { within: '5s' })

  await until(lab, metricIs(session, { is: 0 }), { within: '5s' })
  await silent.heal()
  await until(lab, steadyState, { within: '30s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })

  const atMost = limit(timers, { detectedBy: 'bfd', speakers: 1 })
  const claims = [
    outage({ of: users, during: silent, atMost }),
    rerouted({ ...forth, during: silent, over: 'region-2-2', atMost }),
    rerouted({ ...back, during: silent, over: 'region-1-2', atMost }),
    outage({ of: users, after: silent, atMost: limit(timers, {}) }),
    rerouted({ ...forth, after: silent, over: 'region-2-1', atMost: '10s' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(session, { becomes: 0, during: silent }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
