// Something is placed where nothing is, or where it cannot be.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from '../broken.ts'

const web2 = 'two-vpcs: vpcs.a.workloads[1] vpc-a-web-2:'

const rows: readonly Row[] = [
  [
    'unknown chassis',
    { 'vpcs.a.workloads.1.chassis': 'chassis-9' },
    `${web2} chassis chassis-9 is unknown; two-vpcs has chassis-1, chassis-2`,
  ],
  [
    'workload on the witness',
    { 'vpcs.a.workloads.1.chassis': 'chassis-3' },
    `${web2} chassis chassis-3 is a witness, which carries no workload; two-vpcs has chassis-1, chassis-2`,
  ],
  [
    'gateway on an unknown chassis',
    { 'vpcs.a.nat.gateways.1.chassis': 'chassis-9' },
    'two-vpcs: vpcs.a.nat.gateways[1] nat-gw-a-2: chassis chassis-9 is unknown; two-vpcs has chassis-1, chassis-2',
  ],
  [
    'speaker on an unknown chassis',
    { 'vpcs.a.nat.speakers.1.chassis': 'chassis-9' },
    'two-vpcs: vpcs.a.nat.speakers[1] speaker-a-2: chassis chassis-9 is unknown; two-vpcs has chassis-1, chassis-2',
  ],
  [
    'unknown subnet',
    { 'vpcs.a.workloads.1.subnet': 'ls-vpc-a-wbe' },
    `${web2} subnet ls-vpc-a-wbe is unknown; vpc-a has ls-vpc-a-web`,
  ],
  [
    "another VPC's subnet",
    { 'vpcs.a.workloads.1.subnet': 'ls-vpc-b-web' },
    `${web2} subnet ls-vpc-b-web is unknown; vpc-a has ls-vpc-a-web, ls-vpc-a-app, ls-vpc-a-db, ls-vpc-a-test`,
  ],
  [
    'tier of another subnet',
    { 'vpcs.a.workloads.1.tier': 'app' },
    `${web2} tier app is not that of ls-vpc-a-web, which is for web; app belongs on ls-vpc-a-app`,
  ],
  [
    'workload on the nat subnet',
    { 'vpcs.a.workloads.1.subnet': 'ls-vpc-a-nat', 'vpcs.a.workloads.1.address': '10.0.255.11' },
    `${web2} tier web is not that of ls-vpc-a-nat, which is for no workloads; web belongs on ls-vpc-a-web`,
  ],
]

test.each(rows)('placement: %s', (_flaw, changes, says) => {
  expect(refusal(changed(twoVpcs, changes))).toBe(says)
})
