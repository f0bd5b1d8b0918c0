import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { nodeNamed, nodes, nodeWithAddress, vpcOf } from './nodes.ts'

test('infrastructure comes first, then VPC by VPC', () => {
  expect(nodes(twoVpcs).map(({ name, role }) => `${role} ${name}`)).toEqual([
    'central central',
    'chassis chassis-1',
    'chassis chassis-2',
    'chassis chassis-3',
    'internet internet',
    'workload vpc-a-web-1',
    'workload vpc-a-web-2',
    'workload vpc-a-app-1',
    'workload vpc-a-db-1',
    'workload traffic-gen-a',
    'gateway nat-gw-a-1',
    'gateway nat-gw-a-2',
    'workload vpc-b-web-1',
    'workload vpc-b-web-2',
    'workload vpc-b-app-1',
    'workload vpc-b-db-1',
    'workload traffic-gen-b',
    'gateway nat-gw-b-1',
    'gateway nat-gw-b-2',
  ])
})

test('a node is found by name', () => {
  const { a } = twoVpcs.vpcs
  expect(nodeNamed(twoVpcs, 'nat-gw-a-1')).toEqual({
    name: 'nat-gw-a-1',
    role: 'gateway',
    addresses: ['10.0.255.254', '100.64.1.2'],
    chassis: 'chassis-1',
    vpc: a,
  })
})

test('a name that is not there gets those nearest to it', () => {
  expect(() => nodeNamed(twoVpcs, 'nat-gw-c-1')).toThrow(
    "no node 'nat-gw-c-1' in two-vpcs; it has nat-gw-a-1, nat-gw-a-2, nat-gw-b-1, nat-gw-b-2",
  )
})

test('workloads and gateways are part of a VPC, nothing else is', () => {
  expect(vpcOf(twoVpcs, 'vpc-b-db-1')).toBe(twoVpcs.vpcs.b)
  expect(vpcOf(twoVpcs, 'nat-gw-a-2')).toBe(twoVpcs.vpcs.a)
  expect(vpcOf(twoVpcs, 'chassis-1')).toBeUndefined()
  expect(vpcOf(twoVpcs, 'patchbay')).toBeUndefined()
})

test.each([
  ['10.0.1.10', 'vpc-a-web-1'],
  ['10.0.255.253', 'nat-gw-a-2'],
  ['100.64.3.2', 'nat-gw-b-1'],
  ['100.64.3.1', 'internet'],
  ['198.51.100.10', 'internet'],
  ['172.20.0.12', 'chassis-2'],
  ['10.1.255.2', 'chassis-2'],
  ['10.0.1.1', undefined],
  ['203.0.113.17', undefined],
])('%s is answered by %s', (address, name) => {
  expect(nodeWithAddress(twoVpcs, address)).toBe(name)
})
