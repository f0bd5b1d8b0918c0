// What must be there only once is there twice.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from '../broken.ts'

const web2 = 'two-vpcs: vpcs.a.workloads[1] vpc-a-web-2:'
const LOOP = 'BGP refuses routes that carry its own AS, so each needs another'

const rows: readonly Row[] = [
  [
    'node name twice',
    { 'vpcs.a.workloads.1.name': 'vpc-a-web-1' },
    'two-vpcs: vpcs.a.workloads[1] vpc-a-web-1: name vpc-a-web-1 is taken by vpcs.a.workloads[0] vpc-a-web-1; nodes and speakers each need a name of their own',
  ],
  [
    'workload named as central',
    { 'vpcs.a.workloads.1.name': 'central' },
    'two-vpcs: vpcs.a.workloads[1] central: name central is taken by central; nodes and speakers each need a name of their own',
  ],
  [
    'name of the patchbay',
    { 'internet.name': 'patchbay' },
    "two-vpcs: internet patchbay: name patchbay is the lab's own node, which all links run through; choose another name",
  ],
  [
    'link end twice',
    { 'vpcs.a.workloads.1.name': 'a-web-1', 'vpcs.a.workloads.1.chassis': 'chassis-1' },
    'two-vpcs: links vpc-a-web-1:eth0 and a-web-1:eth0 would both end at chassis-1:p-a-web-1; rename one of their nodes',
  ],
  [
    'VPC name twice',
    { 'vpcs.b.name': 'vpc-a' },
    'two-vpcs: vpcs.b vpc-a: name vpc-a is taken by vpcs.a vpc-a; each VPC needs a name of its own',
  ],
  [
    'logical switch twice',
    { 'transit.switch': 'ls-vpc-a-nat' },
    'two-vpcs: vpcs.a.subnets[4] ls-vpc-a-nat: name ls-vpc-a-nat is taken by transit.switch; each logical switch needs a name of its own',
  ],
  [
    'logical router twice',
    { 'vpcs.b.router': 'lr-vpc-a' },
    'two-vpcs: vpcs.b vpc-b: router lr-vpc-a is taken by vpcs.a vpc-a; each logical router needs a name of its own',
  ],
  [
    'MAC twice',
    { 'vpcs.a.workloads.1.mac': '02:00:00:01:01:0a' },
    `${web2} mac 02:00:00:01:01:0a is taken by vpcs.a.workloads[0] vpc-a-web-1; each port needs a MAC address of its own`,
  ],
  [
    'AS of two gateways',
    { 'vpcs.a.nat.gateways.1.as': 65011 },
    `two-vpcs: vpcs.a.nat.gateways[1] nat-gw-a-2: as 65011 is taken by vpcs.a.nat.gateways[0] nat-gw-a-1; ${LOOP}`,
  ],
  [
    "AS of the VPC's speakers",
    { 'vpcs.a.nat.gateways.1.as': 65100 },
    `two-vpcs: vpcs.a.nat.gateways[1] nat-gw-a-2: as 65100 is taken by vpcs.a vpc-a; ${LOOP}`,
  ],
  ['AS of the internet', { 'vpcs.a.as': 65000 }, `two-vpcs: vpcs.a vpc-a: as 65000 is taken by internet; ${LOOP}`],
  ['speakers of two VPCs in one AS', { 'vpcs.b.as': 65100 }, 'nothing wrong'],
]

test.each(rows)('unique: %s', (_flaw, changes, says) => {
  expect(refusal(changed(twoVpcs, changes))).toBe(says)
})
