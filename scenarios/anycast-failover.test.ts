// A web service has one address and a copy in each of two regions. Clients in the first reach the copy of their own; when
// that is lost with its region's only gateway, they reach the other, and when it is back, their own again.
//
//     clients (internet) ══ nat-gw-a-1 ══ vpc-a-web-1                          nearest: AS path 65011
//                  ╚══════ internet-2 ══ nat-gw-b-1 ══ vpc-b-web-1             farther: 64999 65021
//
// Nobody is preferred by configuration: each gateway announces 203.0.113.1 (RFC 4786), and a path through another
// region is longer (RFC 4271 §9.1.2.2). The gateway's death shows by BFD after 3 × 100 ms, and the internet chooses anew,
// a speaker's turn: with room for a busy host 860 ms until its kernel sends elsewhere, by the kernel's stamp.
//
// Clients open a connection for each request, from an address that both regions know. Those whose first packet is lost
// send it again after a second (RFC 6298 §2) and reach the other copy; those that are in the middle of a request are
// reset or wait for their timeout. So only what was sent within these 860 ms may fail, and requests are told by the
// second in which they were sent: 2 s. On return the gateway announces the address once it has heard its speaker
// (update-delay), so that the copy is there for whoever comes; who is in the middle of a request then, loses it likewise.

import { test } from 'vitest'
import { inject, kill } from '../chaos/index.ts'
import { impairment, limit, metric, rerouted, servedAgain, servedBy, verify } from '../checks/index.ts'
import { twoRegions, withMonitor } from '../fixtures/index.ts'
import { ask, metricIs, startLab, until } from '../lab/index.ts'
import { http, probe, send } from '../traffic/index.ts'

const { timers, anycast } = twoRegions
const service = { prefix: `${anycast.address}/32`, at: 'internet' } as const

const up = 'up{job="node",instance="nat-gw-a-1"}'

test('clients of an anycast service reach the copy of another region while their own is lost', async (run) => {
  await using lab = await startLab(withMonitor(twoRegions), run)
  const asks = { to: anycast.name, rate: '20/s', connections: 20, mode: 'new-connection' } as const
  await using clients = await send(lab, http({ from: 'internet', ...asks }))
  await using others = await send(lab, http({ from: 'internet-2', ...asks }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet-2', rate: '100pps' }))
  await Promise.all([clients, others, bystanders].map((flow) => until(lab, flow.sustained, { within: '20s' })))

  await using loss = await inject(lab, kill('nat-gw-a-1'))
  await until(lab, clients.sustained, { within: '15s' })

  await until(lab, metricIs(up, { is: 0 }), { within: '5s' })
  await loss.heal()
  await Promise.all([clients, others, bystanders].map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    servedBy({ of: clients, before: loss, by: 'vpc-a-web-1' }),
    rerouted({
      ...service,
      during: loss,
      over: 'region-2-1',
      atMost: limit(timers, { detectedBy: 'bfd', speakers: 1 }),
    }),
    servedAgain({ of: clients, during: loss, within: '2s' }),
    servedAgain({ of: clients, after: loss, within: '10s' }),
    servedBy({ of: clients, during: loss, by: 'vpc-b-web-1' }),
    servedBy({ of: clients, after: loss, by: 'vpc-a-web-1' }),
    servedBy({ of: others, during: loss, by: 'vpc-b-web-1' }),
    impairment({ of: bystanders, is: 'none' }),
    metric(up, { becomes: 0, during: loss }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
