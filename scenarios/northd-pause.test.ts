// While northd is frozen, all that flows goes on flowing, and nothing that is changed comes to pass: a
// permission that is given meanwhile waits in the NB. Once northd thaws, it works, and nobody has to ask again.
//
//     NB ── northd ╳ ── SB ── chassis-2 ── vpc-a-app-1
//     permission: vpc-a-db-1 ──────────────────┘
//
// Forwarding needs no northd: flows are the chassis', and BGP, BFD and the claims of gateway ports pass it by.
// A change takes a turn of OVN's pipeline on any other day, about 100 ms; that what was permitted is silent
// still after 2 s, which is how long an attempt waits, is northd's absence. Thawed, it reads what its
// socket holds and takes that turn: 1 s leaves room for a busy host.

import { test } from 'vitest'
import { activeNorthd, freezeProcess, inject, lasting, on } from '../chaos/index.ts'
import { impairment, metric, unreachable, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, permit, startLab, until } from '../lab/index.ts'
import { attempt, probe, send } from '../traffic/index.ts'

const way = { from: 'vpc-a-db-1', to: 'vpc-a-app-1' } as const
const web = { protocol: 'tcp', port: 8080 } as const

test('what flows goes on while northd is frozen, and a permission given meanwhile works once it thaws', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await using newcomers = await send(lab, probe({ ...way, rate: '100pps' }))
  const all = [users, neighbours, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const frozen = on(activeNorthd(), (node) => freezeProcess(node, 'ovn-northd'))
  await using freeze = await inject(lab, lasting(frozen, '4s'))
  await using _permission = await permit(lab, way)
  await attempt(lab, [{ ...way, ...web }])

  await until(lab, freeze.ended, { within: '10s' })
  await until(lab, newcomers.answered, { within: '1s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '10s' })))

  const claims = [
    unreachable({ ...way, ...web, how: 'silent' }),
    impairment({ of: all, is: 'none' }),
    metric('ovn_component_up{component="ovn-northd"}', { becomes: 0, during: freeze }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
