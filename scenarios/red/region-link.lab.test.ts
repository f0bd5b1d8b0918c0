// What region-peering-loss claims breaks where it is claimed sooner than BFD can tell: three packets of 100 ms have to be
// missed, the first of which was due up to 100 ms after the silence began.

import { expect, test } from 'vitest'
import { inject, silence } from '../../chaos/index.ts'
import { outage, rerouted, verify } from '../../checks/index.ts'
import { twoRegions } from '../../fixtures/index.ts'
import { startLab, steadyState, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

test('a region link that is missed no sooner than BFD can is found out by what its users lose', async (run) => {
  await using lab = await startLab(twoRegions, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet-2' }))
  await until(lab, users.sustained, { within: '15s' })

  await using silent = await inject(lab, silence({ between: 'internet:region-2-1' }))
  await until(lab, users.sustained, { within: '10s' })
  await silent.heal()
  await until(lab, steadyState, { within: '30s' })
  await until(lab, users.sustained, { within: '20s' })

  expect(await failure(() => verify(lab.history, [outage({ of: users, during: silent, atMost: '150ms' })]))).toMatch(
    /^Finding: broken: outage of probe vpc-a-web-1 → internet-2 during silence on internet:region-2-1 at most 150ms, was /,
  )
  const forth = { at: 'internet', prefix: '198.51.100.20/32', during: silent } as const
  expect(rerouted({ ...forth, over: 'region-2-2', atMost: '150ms' }).judge(lab.history).is).toBe('broken')
  expect(rerouted({ ...forth, over: 'region-2-1', atMost: '10s' }).judge(lab.history).is).not.toBe('upheld')
})
