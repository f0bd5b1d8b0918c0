// While the SB is gone, all that flows goes on flowing, and nothing that is changed comes to pass: a
// permission that is given meanwhile waits in the NB. Once the SB is back, on the rows that it had, northd and
// every chassis find it again by themselves, and the permission works.
//
//     NB ── northd ── SB ╳ ── chassis-2 ── vpc-a-app-1
//     permission: vpc-a-db-1 ─────────────────┘
//
// An ovn-controller without an SB leaves every flow as it is. That what was permitted is silent still after 2 s,
// which is how long an attempt waits, is the SB's absence: on any other day it takes a turn of OVN's pipeline,
// about 100 ms.
//
// An ovn-controller whose transaction the SB takes along may run without pause until there is an SB again (its log:
// "OVNSB commit failed, force recompute next time", then wakeups at inc-proc-eng.c, half a core to a whole one). On a
// host with few cores that takes time from all else; ovs-vswitchd has its usual priority against it.
//
// When the server's process dies its kernel refuses every connection, and its clients come again at once and
// after 1, 2, 4 and 8 s more (ovsdb-cs(7), reconnect.c): 0, 1, 3, 7 and 15 s after its death. It is away for 5 s, so
// that all are back 2 s after it is; with a turn of the pipeline, and a second for a busy host where northd, four
// clients and a database's whole content meet, 3.5 s.

import { test } from 'vitest'
import { inject, killProcess, lasting } from '../chaos/index.ts'
import { impairment, metric, unreachable, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, permit, startLab, steadyState, until } from '../lab/index.ts'
import { attempt, probe, send } from '../traffic/index.ts'

const way = { from: 'vpc-a-db-1', to: 'vpc-a-app-1' } as const
const web = { protocol: 'tcp', port: 8080 } as const

test('what flows goes on while the SB is gone, and a permission given meanwhile works once it is back', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await using newcomers = await send(lab, probe({ ...way, rate: '100pps' }))
  const all = [users, neighbours, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await using death = await inject(lab, lasting(killProcess('central', 'ovsdb-server-sb'), '5s'))
  await using _permission = await permit(lab, way)
  await attempt(lab, [{ ...way, ...web }])

  await until(lab, death.ended, { within: '10s' })
  await until(lab, newcomers.answered, { within: '3500ms' })
  await until(lab, steadyState, { within: '20s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '10s' })))

  const claims = [
    unreachable({ ...way, ...web, how: 'silent' }),
    impairment({ of: all, is: 'none' }),
    metric('ovn_component_up{component="ovsdb-server-sb"}', { becomes: 0, during: death }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
