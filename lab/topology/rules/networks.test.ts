// Networks overlap or lie outside those they belong to.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from '../broken.ts'

const OWN_RANGE = 'each network of a lab needs a range of its own'

const rows: readonly Row[] = [
  [
    'subnet outside its VPC',
    {
      'vpcs.a.subnets.3.cidr': '10.9.4.0/24',
      'vpcs.a.subnets.3.gateway': '10.9.4.1',
      'vpcs.a.workloads.4.address': '10.9.4.10',
    },
    "two-vpcs: vpcs.a.subnets[3] ls-vpc-a-test: cidr 10.9.4.0/24 is outside vpc-a's 10.0.0.0/16; every subnet lies in its VPC's range",
  ],
  [
    'overlapping subnets',
    { 'vpcs.a.subnets.3.cidr': '10.0.0.0/21' },
    [
      'two-vpcs: vpcs.a.subnets[3] ls-vpc-a-test: cidr 10.0.0.0/21 overlaps vpcs.a.subnets[0].cidr 10.0.1.0/24; subnets of a VPC share no address',
    ].join('\n'),
  ],
  [
    'overlapping VPCs on a transit',
    { 'vpcs.b.cidr': '10.0.0.0/15' },
    'two-vpcs: vpcs.b vpc-b: cidr 10.0.0.0/15 overlaps vpcs.a.cidr 10.0.0.0/16; ls-transit joins the two VPCs, so each needs a range of its own',
  ],
  [
    'overlapping VPCs on a chassis',
    { 'vpcs.b.cidr': '10.0.0.0/15', 'vpcs.b.transit': undefined },
    'two-vpcs: vpcs.b vpc-b: cidr 10.0.0.0/15 overlaps vpcs.a.cidr 10.0.0.0/16; speakers of both VPCs stand on chassis-2, so each needs a range of its own',
  ],
  [
    'overlapping public ranges',
    { 'vpcs.b.publicRange': '203.0.113.0/26' },
    `two-vpcs: vpcs.b vpc-b: publicRange 203.0.113.0/26 overlaps vpcs.a.publicRange 203.0.113.16/28; ${OWN_RANGE}`,
  ],
  [
    'uplink of another gateway',
    { 'vpcs.a.nat.gateways.1.uplink': twoVpcs.vpcs.a.nat.gateways[0]?.uplink },
    `two-vpcs: vpcs.a.nat.gateways[1] nat-gw-a-2: uplink 100.64.1.0/30 overlaps vpcs.a.nat.gateways[0].uplink 100.64.1.0/30; ${OWN_RANGE}`,
  ],
  [
    'internet in a public range',
    { 'internet.address': '203.0.113.20' },
    `two-vpcs: vpcs.a vpc-a: publicRange 203.0.113.16/28 overlaps internet.address 203.0.113.20/32; ${OWN_RANGE}`,
  ],
]

test.each(rows)('networks: %s', (_flaw, changes, says) => {
  expect(refusal(changed(twoVpcs, changes))).toBe(says)
})
