// A standby that translates to a wrong address takes over as if nothing were the matter: routes,
// sessions and the way out are all there. The far end is who sees it, and the claim names the address.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  203.0.113.17, killed ══╦══ internet
//                               ╚══ nat-gw-a-2  203.0.113.30           ╝
//
// The internet has a route to .17 and none to .30, so the reverse direction is lost, and nothing may
// wait for the users' flow after the failover. VPC B's flow goes on: a second of it is a second in
// which the users' probes arrived. It also is what a claim about the users must not be proved on: it
// never ran through nat-gw-a-1, so that a claim about its failover is undecided.

import { expect, test } from 'vitest'
import { inject, kill } from '../../chaos/index.ts'
import { outage, path, source, verify } from '../../checks/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { all, nextHop, startLab, until } from '../../lab/index.ts'
import { natRules } from '../../lab/nodes/gateway.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const { a } = twoVpcs.vpcs
const wrong = '203.0.113.30'

test('a standby that translates to a wrong address is found out by what the far end sees', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await lab.run('nat-gw-a-2', `nft flush ruleset; nft '${natRules(a, wrong)}'`)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await using death = await inject(lab, kill('nat-gw-a-1'))
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, bystanders.sustained, { within: '15s' })
  await users.stop()
  await bystanders.stop()

  const claimed = source({ of: users, during: death, is: a.publicAddress })
  expect(await failure(() => verify(lab.history, [claimed]))).toMatch(
    /^Finding: broken: source of probe vpc-a-web-1 → internet during death of nat-gw-a-1 203\.0\.113\.17, was 203\.0\.113\.30 in \d{2,} of \d{2,}/,
  )

  const elsewhere = [
    path({ of: bystanders, before: death, via: 'nat-gw-a-1' }),
    outage({ of: bystanders, during: death, atMost: '1s' }),
  ]
  expect(await failure(() => verify(lab.history, elsewhere))).toMatch(
    /^LabError: undecided: path of probe vpc-b-web-1 → internet before death of nat-gw-a-1 through nat-gw-a-1, forward through nat-gw-b-1; reverse through nat-gw-b-1/,
  )
})
