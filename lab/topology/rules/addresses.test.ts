// Addresses are taken, or are not of the network they stand on.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from '../broken.ts'

const web2 = 'two-vpcs: vpcs.a.workloads[1] vpc-a-web-2:'

const rows: readonly Row[] = [
  [
    'address twice on the fabric',
    { 'chassis.1.address': '172.20.0.2' },
    'two-vpcs: chassis[1] chassis-2: address 172.20.0.2 is taken by central; 172.20.0.3 is free',
  ],
  [
    'address off the fabric',
    { 'chassis.1.address': '172.21.0.12' },
    'two-vpcs: chassis[1] chassis-2: address 172.21.0.12 is no host of the fabric 172.20.0.0/24; 172.20.0.1 is free',
  ],
  [
    'address twice',
    { 'vpcs.a.workloads.1.address': '10.0.1.10' },
    `${web2} address 10.0.1.10 is taken by vpcs.a.workloads[0] vpc-a-web-1; 10.0.1.11 is free`,
  ],
  [
    "the router's address",
    { 'vpcs.a.workloads.1.address': '10.0.1.1' },
    `${web2} address 10.0.1.1 is taken by vpcs.a.subnets[0] ls-vpc-a-web; 10.0.1.2 is free`,
  ],
  [
    'address of another subnet',
    { 'vpcs.a.workloads.1.address': '10.0.2.11' },
    `${web2} address 10.0.2.11 is no host of ls-vpc-a-web 10.0.1.0/24; 10.0.1.2 is free`,
  ],
  [
    'broadcast address',
    { 'vpcs.a.workloads.1.address': '10.0.1.255' },
    `${web2} address 10.0.1.255 is no host of ls-vpc-a-web 10.0.1.0/24; 10.0.1.2 is free`,
  ],
  [
    'speaker with the address of a gateway',
    { 'vpcs.a.nat.speakers.0.address': '10.0.255.254' },
    'two-vpcs: vpcs.a.nat.speakers[0] speaker-a-1: address 10.0.255.254 is taken by vpcs.a.nat.gateways[0] nat-gw-a-1; 10.0.255.2 is free',
  ],
  [
    'address twice on the transit',
    { 'vpcs.b.transit.address': '192.168.100.10' },
    'two-vpcs: vpcs.b vpc-b: transit.address 192.168.100.10 is taken by vpcs.a vpc-a; 192.168.100.11 is free',
  ],
  [
    'no transit to join',
    { transit: undefined, 'vpcs.b.transit': undefined },
    'two-vpcs: vpcs.a vpc-a: transit joins nothing; give the topology a transit network or leave this out',
  ],
  [
    'uplink ends in two networks',
    { 'vpcs.a.nat.gateways.0.uplink.peer': '100.64.2.1' },
    'two-vpcs: vpcs.a.nat.gateways[0] nat-gw-a-1: uplink.peer 100.64.2.1 is no host of the uplink 100.64.1.0/30; 100.64.1.1 is free',
  ],
  [
    'uplink ends alike',
    { 'vpcs.a.nat.gateways.0.uplink.peer': '100.64.1.2' },
    'two-vpcs: vpcs.a.nat.gateways[0] nat-gw-a-1: uplink.peer 100.64.1.2 is taken by vpcs.a.nat.gateways[0] nat-gw-a-1; 100.64.1.1 is free',
  ],
  [
    'public address out of range',
    { 'vpcs.a.publicAddress': '203.0.113.33' },
    'two-vpcs: vpcs.a vpc-a: publicAddress 203.0.113.33 is outside publicRange 203.0.113.16/28; 203.0.113.17 is in it',
  ],
]

test.each(rows)('addresses: %s', (_flaw, changes, says) => {
  expect(refusal(changed(twoVpcs, changes))).toBe(says)
})
