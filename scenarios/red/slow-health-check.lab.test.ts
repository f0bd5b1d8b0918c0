// A load balancer that takes a dead backend out too late is found out: its clients go on failing for longer
// than was claimed.
//
//     vpc-a-app-1 ── lb-vpc-a-web ─┬─ vpc-a-web-1 ╳  out after 20 failed probes, not two
//                                  └─ vpc-a-web-2
//
// One probe a second: 20 s, of which the fault lasts 6. What fails last ends after the fifth second.

import { expect, test } from 'vitest'
import { inject, killProcess, lasting } from '../../chaos/index.ts'
import { servedAgain, verify } from '../../checks/index.ts'
import { twoVpcsBalanced } from '../../fixtures/two-vpcs-balanced.ts'
import { startLab, until } from '../../lab/index.ts'
import { http, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const { a, b } = twoVpcsBalanced.vpcs
const loadBalancers = a.loadBalancers?.map((each) => ({ ...each, health: { ...each.health, failureCount: 20 } })) ?? []
const slow = { ...twoVpcsBalanced, vpcs: { a: { ...a, loadBalancers }, b } }

test('a backend that is taken out late is found out by clients that go on failing', async (run) => {
  await using lab = await startLab(slow, run)
  await using users = await send(
    lab,
    http({ from: 'vpc-a-app-1', to: 'lb-vpc-a-web', rate: '40/s', connections: 40, mode: 'new-connection' }),
  )
  await until(lab, users.sustained, { within: '15s' })

  await using loss = await inject(lab, lasting(killProcess('vpc-a-web-1', 'nginx'), '6s'))
  await until(lab, loss.ended, { within: '15s' })
  await loss.heal()
  await until(lab, users.sustained, { within: '15s' })

  expect(await failure(() => verify(lab.history, [servedAgain({ of: users, during: loss, within: '4s' })]))).toMatch(
    /^Finding: broken: time until served again of http vpc-a-app-1 → lb-vpc-a-web .* within 4s, was .*failed: \d+ refused/,
  )
})
