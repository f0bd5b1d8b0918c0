// One ACL too many, and the reachability matrix names the pairs that it opens and no others.
//
//     traffic-gen-a ── ls-vpc-a-test ── lr-vpc-a ── ls-vpc-a-db ── vpc-a-db-1
//                                                    ACL 1003: allow 10.0.4.0/24
//
// Priority 1003 stands above the tier's own allow (1002) and deny (1001). The generator is the only
// workload of its subnet, so one pair is opened, over each of three protocols.

import { expect, test } from 'vitest'
import { matrix, verify } from '../../checks/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { expectations, startLab } from '../../lab/index.ts'
import { portGroup } from '../../lab/ovn/nb.ts'
import { attempt } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const group = portGroup(twoVpcs.vpcs.a, 'db')
const opening = `acl-add ${group} to-lport 1003 'outport == @${group} && ip4.src == 10.0.4.0/24' allow-related`

test('an ACL that opens the db tier is found out, and each pair that it opens is named', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await lab.run('central', `ovn-nbctl --wait=hv ${opening}`)
  const expected = expectations(twoVpcs)

  await attempt(lab, expected)

  const finding = await failure(() => verify(lab.history, [matrix(expected)]))
  expect(finding).toMatch(/^Finding: broken: \d+ pairs as expected, was traffic-gen-a → vpc-a-db-1 tcp\/5432 answered/)
  expect(finding.match(/[\w-]+ → [\w-]+ \w+/g)).toEqual([
    'traffic-gen-a → vpc-a-db-1 tcp',
    'traffic-gen-a → vpc-a-db-1 udp',
    'traffic-gen-a → vpc-a-db-1 icmp',
  ])
})
