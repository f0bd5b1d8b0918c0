// A field at a time is wrong: its kind, its form, its range.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from './broken.ts'

const web2 = 'two-vpcs: vpcs.a.workloads[1] vpc-a-web-2:'
const NAME = 'is not a name; wanted a lower-case letter, then letters, digits and hyphens, 40 at most'

const rows: readonly Row[] = [
  ['unknown field', { 'vpcs.a.workloads.1.adress': '10.0.1.11' }, `${web2} adress is not a field; there is address`],
  ['missing field', { 'vpcs.a.workloads.1.address': undefined }, `${web2} address is missing`],
  ['missing name', { 'vpcs.a.workloads.1.name': undefined }, 'two-vpcs: vpcs.a vpc-a: workloads[1].name is missing'],
  ['wrong type', { 'vpcs.a.workloads.1.serves': '80' }, `${web2} serves must be a number, was '80'`],
  ['fraction', { 'vpcs.a.workloads.1.serves': 0.5 }, `${web2} serves must be a whole number, was 0.5`],
  ['port out of range', { 'vpcs.a.workloads.1.serves': 70000 }, `${web2} serves must be at most 65535, was 70000`],
  ['no list', { 'vpcs.a.workloads': {} }, 'two-vpcs: vpcs.a vpc-a: workloads must be a list, was an object'],
  ['no chassis', { chassis: [] }, 'two-vpcs: chassis is empty; at least one is needed'],
  ['no topology name', { name: undefined }, 'topology: name is missing'],
  ['name with capitals', { 'central.name': 'Central' }, `two-vpcs: central Central: name 'Central' ${NAME}`],
  [
    'long name',
    { 'internet.name': 'i'.repeat(41) },
    `two-vpcs: internet ${'i'.repeat(41)}: name '${'i'.repeat(41)}' ${NAME}`,
  ],
  ['short name of a VPC', { 'vpcs.C': twoVpcs.vpcs.b }, `two-vpcs: vpcs has a key that will not do: 'C' ${NAME}`],
  [
    'unknown tier',
    { 'vpcs.a.workloads.1.tier': 'webb' },
    `${web2} tier 'webb' is unknown; it may be web, app, db, test`,
  ],
  [
    'unknown tier in allow',
    { 'vpcs.a.allow.2.to': 'cache' },
    "two-vpcs: vpcs.a vpc-a: allow[2].to 'cache' is unknown; it may be web, app, db, test",
  ],
  [
    'unknown denial',
    { 'vpcs.a.deny.db': 'refuse' },
    "two-vpcs: vpcs.a vpc-a: deny.db 'refuse' is unknown; it may be drop, reject",
  ],
  [
    'malformed address',
    { 'vpcs.a.workloads.1.address': '10.0.1.300' },
    `${web2} address '10.0.1.300' is not an IPv4 address, such as 10.0.1.10`,
  ],
  [
    'address with a leading zero',
    { 'vpcs.a.workloads.1.address': '10.0.1.011' },
    `${web2} address '10.0.1.011' is not an IPv4 address, such as 10.0.1.10`,
  ],
  [
    'malformed prefix',
    { 'fabric.cidr': '172.20.0.0' },
    "two-vpcs: fabric.cidr '172.20.0.0' is not an IPv4 prefix, such as 10.0.1.0/24",
  ],
  [
    'host bits',
    { 'vpcs.a.subnets.0.cidr': '10.0.1.1/24' },
    "two-vpcs: vpcs.a.subnets[0] ls-vpc-a-web: cidr '10.0.1.1/24' has host bits set; the network is 10.0.1.0/24",
  ],
  [
    'malformed MAC',
    { 'vpcs.a.workloads.1.mac': '02:00:00:01:01:0B' },
    `${web2} mac '02:00:00:01:01:0B' is not a MAC address in lower case, such as 02:00:00:01:01:0a`,
  ],
  [
    'multicast MAC',
    { 'vpcs.a.workloads.1.mac': '03:00:00:01:01:0b' },
    `${web2} mac '03:00:00:01:01:0b' is a multicast MAC address; its first octet must be even`,
  ],
  [
    'BFD without interval',
    { 'timers.tunnelBfd.intervalMs': 0 },
    'two-vpcs: timers.tunnelBfd.intervalMs must be at least 1, was 0',
  ],
  [
    'BFD too fast for FRR',
    { 'timers.bfd.intervalMs': 9 },
    'two-vpcs: timers.bfd.intervalMs must be at least 10, was 9',
  ],
  [
    'BFD without multiplier',
    { 'timers.tunnelBfd.multiplier': 0 },
    'two-vpcs: timers.tunnelBfd.multiplier must be at least 1, was 0',
  ],
  ['negative timer', { 'timers.bgp.keepaliveS': -1 }, 'two-vpcs: timers.bgp.keepaliveS must be at least 1, was -1'],
  [
    'short hold time',
    { 'timers.bgp.keepaliveS': 2, 'timers.bgp.holdS': 5 },
    'two-vpcs: timers.bgp.holdS must be 0 or at least 3 × keepaliveS = 6, was 5',
  ],
]

test.each(rows)('shape: %s', (_flaw, changes, says) => {
  expect(refusal(changed(twoVpcs, changes))).toBe(says)
})
