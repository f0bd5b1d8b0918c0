// When the ACL that guards VPC A's app tier is lost, everybody comes in who is kept out otherwise, VPC B too.
// When the one that admits the web tier is lost, the web tier is kept out, and the app tier cannot open
// a connection to anybody any more, though no ACL ever spoke of that. No other pair changes in either case.
//
//     vpc-a-db-1, traffic-gen-a ─╳─┐   app-deny 1001: ip4 drop
//     VPC B ──── lr-gateway ─────╳─┤
//     vpc-a-web-1, vpc-a-web-2 ────┴── vpc-a-app-1 ──── db, web, internet
//                                      app-allow 1002: from the web tier, allow-related
//
// OVN lets pass what no ACL speaks of, so the loss of a deny opens the tier, silently, to whoever has a
// route: by the transit network all of VPC B.
//
// Without its allow, what was admitted meets the deny below it. The surprise is what the app tier opens itself:
// OVN tracks connections on a switch only where an ACL of it asks for that (allow-related; northd's
// ls_has_stateful_acl). app-allow was the only one of ls-vpc-a-app. Without it nothing there tells an answer
// from a request, and the deny drops both. With any other allow-related ACL on the switch it would not.
//
// Each loss is one row taken from the NB in one transaction, with the port group that refers to it; it has
// come about when no logical flow is left of it and every chassis has installed that. Pairs are tried
// to and from the app tier over TCP, UDP and ICMP, and, for those who must not change, to VPC A's db and VPC B's
// app tier over TCP.

import { test } from 'vitest'
import { aclLost, inject } from '../chaos/index.ts'
import { impairment, matrix, metric, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, expectations, startLab, until } from '../lab/index.ts'
import { attempt, probe, send } from '../traffic/index.ts'

const app = 'vpc-a-app-1'
const web = ['vpc-a-web-1', 'vpc-a-web-2']
const pairs = expectations(twoVpcs).filter(
  ({ from, to, protocol }) =>
    from === app || to === app || (protocol === 'tcp' && ['vpc-a-db-1', 'vpc-b-app-1'].includes(to)),
)

const rules = (action: string) => `sum(ovn_acl_rules{vpc="vpc-a",port_group=~".*app",action="${action}"}) or vector(0)`

/** As the policy has it, but for the app tier: everybody is answered there. */
const opened = pairs.map((pair) => (pair.to === app ? { ...pair, expect: 'answered' as const } : pair))
/** As the policy has it, but for the web tier, which the app tier does not answer, and for what answers the app tier. */
const closed = pairs.map((pair) =>
  pair.from === app || (pair.to === app && web.includes(pair.from)) ? { ...pair, expect: 'silent' as const } : pair,
)

test('a lost ACL opens or closes exactly the pairs that its switch then knows no rule for', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'vpc-b-app-1' }))
  await using neighbours = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-web-2' }))
  for (const flow of [bystanders, neighbours]) await until(lab, flow.sustained, { within: '15s' })

  await using open = await inject(lab, aclLost({ vpc: 'vpc-a', tier: 'app', rule: 'deny' }))
  await attempt(lab, opened)
  verify(lab.history, [matrix(opened)])
  await open.heal()

  await using shut = await inject(lab, aclLost({ vpc: 'vpc-a', tier: 'app', rule: 'allow' }))
  await attempt(lab, closed)
  verify(lab.history, [matrix(closed)])
  await shut.heal()

  await attempt(lab, pairs)
  for (const flow of [bystanders, neighbours]) await until(lab, flow.sustained, { within: '15s' })

  const claims = [
    matrix(pairs),
    impairment({ of: bystanders, is: 'none' }),
    impairment({ of: neighbours, is: 'none' }),
    metric(rules('drop'), { becomes: 0, during: open }),
    metric(rules('drop'), { becomes: 1, after: open }),
    metric(rules('allow-related'), { becomes: 0, during: shut }),
    metric(rules('allow-related'), { becomes: 1, after: shut }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
