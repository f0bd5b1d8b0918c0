// State faults that cannot be are refused in one line, before anything is touched.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { twoVpcsBalanced } from '../../fixtures/two-vpcs-balanced.ts'
import { ScenarioError } from '../../lab/errors.ts'
import type { Fault } from '../fault.ts'
import {
  aclLost,
  backendLost,
  chassisForgotten,
  chassisLeftBehind,
  connectionForgotten,
  conntrackFlushed,
  datapathConntrackFlushed,
  gatewayMoved,
  macPoisoned,
  nbRow,
  portAddressWrong,
  routeLost,
  snatExhausted,
  snatLost,
  snatWrong,
} from '../index.ts'

const cannotBe: readonly (readonly [string, () => Fault])[] = [
  ['vpc-a-web-1 is no gateway: the kernel tracks connections at NAT gateways', () => conntrackFlushed('vpc-a-web-1')],
  ["no node 'nat-gw-a-9'", () => conntrackFlushed('nat-gw-a-9')],
  ["no node 'web'", () => connectionForgotten('nat-gw-a-1', { from: 'web', to: 'internet' })],
  ['central is no chassis: OVS tracks connections on chassis', () => datapathConntrackFlushed('central')],
  ['chassis-1 is no gateway: SNAT is done at NAT gateways', () => snatExhausted('chassis-1')],
  ['internet is no gateway', () => snatLost('internet')],
  ["no IPv4 address: '203.0.113'", () => snatWrong('nat-gw-a-1', { address: '203.0.113' })],
  ['203.0.113.17 is the public address of nat-gw-a-1', () => snatWrong('nat-gw-a-1', { address: '203.0.113.17' })],
  [
    '10.9.9.9 is no neighbour of nat-gw-a-1; it has 10.0.255.1',
    () => macPoisoned({ at: 'nat-gw-a-1', of: '10.9.9.9' }),
  ],
  ["no tier of vpc-a 'cache'; there are", () => aclLost({ vpc: 'vpc-a', tier: 'cache' as 'web', rule: 'deny' })],
  ["no VPC 'vpc-z'", () => aclLost({ vpc: 'vpc-z', tier: 'web', rule: 'deny' })],
  [
    "no static route of lr-vpc-a '10.0.0.0/16'; there are 10.1.0.0/16",
    () => routeLost({ router: 'lr-vpc-a', to: '10.0.0.0/16' }),
  ],
  ["no logical router 'lr-vpc-z'", () => routeLost({ router: 'lr-vpc-z', to: '10.1.0.0/16' })],
  ['nat-gw-a-1 is no workload', () => portAddressWrong('nat-gw-a-1', { address: '10.0.255.9' })],
  ['is the address that vpc-a-db-1 has', () => portAddressWrong('vpc-a-db-1', { address: '10.0.3.10' })],
  ["no MAC address: '02-00'", () => portAddressWrong('vpc-a-db-1', { mac: '02-00' })],
  ['was given neither mac nor address', () => portAddressWrong('vpc-a-db-1', {})],
  ["no load balancer 'lb'", () => backendLost('lb', 'vpc-a-web-1')],
  ['that the gateway port of vpc-a can move to from chassis-1', () => gatewayMoved({ vpc: 'vpc-a', to: 'chassis-1' })],
  ['vpc-a-web-1 is no chassis: the SB has records of chassis', () => chassisForgotten('vpc-a-web-1')],
  ['chassis-1 is there, and left nothing', () => chassisLeftBehind({ name: 'chassis-1', address: '172.20.0.99' })],
  ['172.20.0.11 is no free address of the fabric', () => chassisLeftBehind({ name: 'old', address: '172.20.0.11' })],
  ['rows of DNS cannot be lost alone', () => nbRow({ name: 'x', table: 'DNS', where: () => true, becomes: 'lost' })],
]

test.each(cannotBe)('%s', (message, build) => {
  const attempt = () => build().check({ topology: twoVpcs })
  expect(attempt).toThrow(ScenarioError)
  expect(attempt).toThrow(message)
  expect(attempt).not.toThrow('\n')
})

test('a backend that the load balancer has may be lost, another not', () => {
  backendLost('lb-vpc-a-web', 'vpc-a-web-1').check({ topology: twoVpcsBalanced })
  expect(() => backendLost('lb-vpc-a-web', 'vpc-a-db-1').check({ topology: twoVpcsBalanced })).toThrow(
    "no backend of lb-vpc-a-web 'vpc-a-db-1'; there are ",
  )
})
