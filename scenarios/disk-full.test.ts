// When the disk under the SB is full, all that flows goes on flowing, and northd writes in vain: a permission
// that is given meanwhile waits in the NB. As soon as there is room, it works, with nobody restarted and nobody
// asking again.
//
//     NB ── northd ── SB, disk full ╳ ── chassis-2 ── vpc-a-app-1
//     permission: vpc-a-db-1 ───────────────────────────┘
//
// ovsdb-server does not die of it and does not get stuck: it refuses the transaction whose record it cannot write
// (I/O error, in its log), and its memory and its clients keep what was there before. northd tries again at once, for
// as long as it takes, hundreds of times a second: a full disk under the SB shows as a busy northd. Only what still
// fits into the last page of the database's file is written, 4096 bytes at most. A permission takes several
// hundred, so that a dozen others come first, and the one in question is written by nobody.
//
// That what was permitted is silent still after 2 s, which is how long an attempt waits, is the disk's doing: on any
// other day it takes a turn of OVN's pipeline, about 100 ms. And that is what it takes once there is room: 1 s leaves
// some for a busy host.

import { test } from 'vitest'
import { diskFull, inject } from '../chaos/index.ts'
import { impairment, metric, unreachable, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, permit, startLab, steadyState, until } from '../lab/index.ts'
import { attempt, probe, send } from '../traffic/index.ts'

const way = { from: 'vpc-a-db-1', to: 'vpc-a-app-1' } as const
const web = { protocol: 'tcp', port: 8080 } as const
const others = ['a', 'b'].flatMap((vpc) => [
  ...['web-1', 'web-2'].map((from) => ({ from: `vpc-${vpc}-${from}`, to: `vpc-${vpc}-db-1` })),
  ...['app-1', 'db-1'].map((to) => ({ from: `traffic-gen-${vpc}`, to: `vpc-${vpc}-${to}` })),
  ...['web-1', 'app-1'].map((to) => ({ from: `vpc-${vpc}-app-1`, to: `vpc-${vpc === 'a' ? 'b' : 'a'}-${to}` })),
])

test('what flows goes on while the disk under the SB is full, and a permission works once there is room', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await using newcomers = await send(lab, probe({ ...way, rate: '100pps' }))
  const all = [users, neighbours, bystanders]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await using shortage = await inject(lab, diskFull('central', 'sb'))
  await using permissions = new AsyncDisposableStack()
  for (const pair of [...others, way]) permissions.use(await permit(lab, pair))
  await attempt(lab, [{ ...way, ...web }])

  await shortage.heal()
  await until(lab, newcomers.answered, { within: '1s' })
  await until(lab, steadyState, { within: '20s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '10s' })))

  const claims = [
    unreachable({ ...way, ...web, how: 'silent' }),
    impairment({ of: all, is: 'none' }),
    metric('ovn_component_up{component="ovsdb-server-sb"}', { is: 1, during: shortage }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
