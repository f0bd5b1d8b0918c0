// A delay that is one way only is not taken for one both ways, and a link that is only slow is not taken for a
// narrow one: the claims of underlay-impairments break where the underlay does less than was asked.
//
//     vpc-a-web-1 ── chassis-1 ══ fabric ══▶ chassis-2 ── vpc-a-app-1      100 ms, what goes to chassis-2 only

import { expect, test } from 'vitest'
import { FABRIC, impair, inject, lasting } from '../../chaos/index.ts'
import { goodputUnder, latencyShift, verify } from '../../checks/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { startLab, until } from '../../lab/index.ts'
import { profile, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const between = { tenant: 'tenant-1', from: 'vpc-a-web-1', to: 'vpc-a-app-1' } as const

test('half the delay that was claimed, and more than the rate that was claimed, are found', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const traffic = [
    { ...between, http: { rate: '20/s', connections: 10 } },
    { ...between, bulk: { rate: '4Mbps' } },
  ] as const
  await using users = await send(lab, profile({ name: 'web to app', traffic }))
  await until(lab, users.sustained, { within: '20s' })

  const weather = impair({ between: ['chassis-2', FABRIC], direction: 'reverse', only: 'data', delay: '100ms' })
  await using during = await inject(lab, lasting(weather, '6s'))
  await until(lab, during.ended, { within: '15s' })

  const story = { of: users, during }
  verify(lab.history, [latencyShift({ ...story, by: '100ms', within: '25ms' })])
  const slower = await failure(() => verify(lab.history, [latencyShift({ ...story, by: '200ms', within: '25ms' })]))
  expect(slower).toMatch(
    /^Finding: broken: latency shift of web to app during delay of 100ms .* 200ms ± 25ms, was (99\.\d|1\d\d)ms/,
  )
  const wider = await failure(() => verify(lab.history, [goodputUnder({ ...story, is: '300kbps', within: '5%' })]))
  expect(wider).toMatch(/^Finding: broken: goodput of web to app during .* 300kbps ± 5%, was .*bit\/s/)
})
