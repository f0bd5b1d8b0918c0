// That users pay no more than it takes to agree is found to be untrue where ospfd of the gateway freezes: the
// internet answers by the standby after the dead interval, and OVN goes on sending by the gateway.
//
//     lr-vpc-a ──> nat-gw-a-1, ospfd frozen ──> internet ──> nat-gw-a-2, which knows nothing of it

import { expect, test } from 'vitest'
import { freezeProcess, inject, lasting } from '../../chaos/index.ts'
import { limit, outage, verify } from '../../checks/index.ts'
import { twoVpcsOspf } from '../../fixtures/index.ts'
import { startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

test('a gateway that only OSPF misses is found out by what its users lose', async (run) => {
  await using lab = await startLab(twoVpcsOspf, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await until(lab, users.sustained, { within: '15s' })

  await using freeze = await inject(lab, lasting(freezeProcess('nat-gw-a-1', 'ospfd'), '6s'))
  await until(lab, freeze.ended, { within: '15s' })
  await freeze.heal()
  await until(lab, users.sustained, { within: '20s' })

  const atMost = limit(twoVpcsOspf.timers, { detectedBy: 'bfd', spf: 1, speakers: 2, ovn: 1 })
  expect(await failure(() => verify(lab.history, [outage({ of: users, during: freeze, atMost })]))).toMatch(
    /^Finding: broken: outage of probe vpc-a-web-1 → internet during freeze of ospfd on nat-gw-a-1 for 6s at most 1080ms, was reverse /,
  )
})
