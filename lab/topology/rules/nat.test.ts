// The way out of a VPC would not work, or not fail over.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from '../broken.ts'

const rows: readonly Row[] = [
  [
    'unknown nat subnet',
    { 'vpcs.a.nat.subnet': 'ls-vpc-a-nta' },
    'two-vpcs: vpcs.a vpc-a: nat.subnet ls-vpc-a-nta is unknown; vpc-a has ls-vpc-a-nat',
  ],
  [
    'no chassis for the port',
    { 'vpcs.a.nat.chassis': [] },
    'two-vpcs: vpcs.a vpc-a: nat.chassis is empty; at least one is needed',
  ],
  [
    'unknown member',
    { 'vpcs.a.nat.chassis.1': 'chassis-9' },
    'two-vpcs: vpcs.a vpc-a: nat.chassis[1] chassis-9 is unknown; two-vpcs has chassis-1, chassis-2, chassis-3',
  ],
  [
    'member twice',
    { 'vpcs.a.nat.chassis': ['chassis-1', 'chassis-2', 'chassis-1', 'chassis-3'] },
    'two-vpcs: vpcs.a vpc-a: nat.chassis[2] chassis-1 is listed twice; list each chassis once, best first',
  ],
  [
    'two members',
    { 'vpcs.a.nat.chassis': ['chassis-1', 'chassis-2'] },
    'two-vpcs: vpcs.a vpc-a: nat.chassis has two members, chassis-1 and chassis-2, neither of which could take over from the other; add the witness chassis-3 at the end',
  ],
  [
    'one member and a witness',
    { 'vpcs.a.nat.chassis': ['chassis-1', 'chassis-3'] },
    'two-vpcs: vpcs.a vpc-a: nat.chassis has two members, chassis-1 and chassis-3, neither of which could take over from the other; add another chassis or leave the witness out',
  ],
  ['exactly one member', { 'vpcs.a.nat.chassis': ['chassis-1'] }, 'nothing wrong'],
  [
    'only a witness',
    { 'vpcs.a.nat.chassis': ['chassis-3'] },
    'two-vpcs: vpcs.a vpc-a: nat.chassis has only chassis-3, a witness; name first a chassis that may hold the gateway port',
  ],
  [
    'witness in between',
    { 'vpcs.a.nat.chassis': ['chassis-1', 'chassis-3', 'chassis-2'] },
    'two-vpcs: vpcs.a vpc-a: nat.chassis[1] chassis-3 is a witness; it comes last, after chassis-1, chassis-2',
  ],
  [
    'two speakers on a chassis',
    { 'vpcs.a.nat.speakers.1.chassis': 'chassis-1' },
    'two-vpcs: vpcs.a.nat.speakers[1] speaker-a-2: chassis chassis-1 has speaker-a-1 already; a VPC has one speaker on a chassis',
  ],
  [
    'no speaker where the port may be',
    { 'vpcs.a.nat.speakers': twoVpcs.vpcs.a.nat.speakers.slice(0, 1) },
    'two-vpcs: vpcs.a vpc-a: nat.speakers has none on chassis-2, which may hold the gateway port; add one there',
  ],
  [
    'no gateway',
    { 'vpcs.a.nat.gateways': [] },
    'two-vpcs: vpcs.a vpc-a: nat.gateways is empty; at least one is needed',
  ],
  [
    'no active gateway',
    { 'vpcs.a.nat.gateways.0.prepend': 1 },
    'two-vpcs: vpcs.a vpc-a: nat.gateways has no active one; give one of nat-gw-a-1, nat-gw-a-2 prepend 0',
  ],
  [
    'two active gateways',
    { 'vpcs.a.nat.gateways.1.prepend': 0 },
    'two-vpcs: vpcs.a.nat.gateways[1] nat-gw-a-2: prepend 0 makes it active beside nat-gw-a-1, which shares 203.0.113.17; give the standby 2',
  ],
]

test.each(rows)('nat: %s', (_flaw, changes, says) => {
  expect(refusal(changed(twoVpcs, changes))).toBe(says)
})
