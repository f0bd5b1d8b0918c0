import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import type { Topology } from '../topology/types.ts'
import { nbTransaction, portGroup, redirectPort, routerPort } from './nb.ts'

/** The calls of ovn-nbctl that bash makes of the text, each as its rows, each row as its arguments. */
function calls(topology: Topology): string[][][] {
  const script = `ovn-nbctl() { printf '%s\\n' "$@" '<end>'; }\n${nbTransaction(topology)}`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const each = stdout.split('<end>\n').slice(0, -1)
  return each.map((call) =>
    call
      .split('--\n')
      .slice(1)
      .map((row) => row.trimEnd().split('\n')),
  )
}

const rows = (topology: Topology) => calls(topology).flat()
const texts = (topology: Topology) => rows(topology).map((row) => row.join(' '))
const starting = (topology: Topology, word: string) => rows(topology).filter(([first]) => first === word)

test('a topology is one transaction', () => {
  expect(calls(oneVpc)).toHaveLength(1)
  expect(calls(twoVpcs)).toHaveLength(1)
})

test('every subnet has a switch, and a port of the router with the address that the topology says', () => {
  expect(starting(oneVpc, 'ls-add').map(([, name]) => name)).toEqual(['ls-vpc-a-web', 'ls-vpc-a-app', 'ls-vpc-a-nat'])
  expect(starting(oneVpc, 'lrp-add').map((row) => row.slice(1).join(' '))).toEqual([
    'lr-vpc-a lrp-vpc-a-web 00:00:00:01:01:01 10.0.1.1/24',
    'lr-vpc-a lrp-vpc-a-app 00:00:00:01:02:01 10.0.2.1/24',
    'lr-vpc-a lrp-vpc-a-nat 00:00:00:01:ff:01 10.0.255.1/24',
  ])
})

test('workloads, gateways and speakers have a port each, its two addresses one argument', () => {
  const addresses = starting(oneVpc, 'lsp-set-addresses').filter(([, , address]) => address !== 'router')
  expect(addresses.map(([, port, address]) => [port, address])).toEqual([
    ['vpc-a-web-1', '02:00:00:01:01:0a 10.0.1.10'],
    ['vpc-a-app-1', '02:00:00:01:02:0a 10.0.2.10'],
    ['nat-gw-a-1', '02:00:00:01:ff:fe 10.0.255.254'],
    ['speaker-a-1', '02:00:00:01:ff:02 10.0.255.2'],
  ])
})

test('tenant, VPC and tier stand in the rows', () => {
  expect(texts(oneVpc)).toContain(
    'set logical_switch_port vpc-a-web-1 external_ids:tenant=tenant-1 external_ids:vpc=vpc-a external_ids:tier=web',
  )
  expect(texts(oneVpc)).toContain('set logical_switch ls-vpc-a-nat external_ids:tenant=tenant-1 external_ids:vpc=vpc-a')
})

test('each router has a table of its own, by its tunnel key, and no static default', () => {
  const keys = texts(twoVpcs).flatMap((row) => /requested-tnl-key=(\d+)/.exec(row)?.[1] ?? [])
  expect(keys).toEqual(['1001', '1002'])
  expect(texts(twoVpcs).filter((row) => row.startsWith('lr-route-add') && row.includes('0.0.0.0/0'))).toEqual([])
})

test('each tier denies below what it allows, in the way that the topology says', () => {
  const acls = rows(twoVpcs).filter((row) => row[1] === 'acl-add')
  const denials = acls.filter(([, , , , priority]) => priority === '1001')
  const allowances = acls.filter(([, , , , priority]) => priority === '1002')
  expect(denials.map(([name, , group, , , match, verb]) => [name, group, match, verb]).slice(0, 4)).toEqual([
    ['--name=web-deny', 'pg_vpc_a_web', 'outport == @pg_vpc_a_web && ip4', 'drop'],
    ['--name=app-deny', 'pg_vpc_a_app', 'outport == @pg_vpc_a_app && ip4', 'drop'],
    ['--name=db-deny', 'pg_vpc_a_db', 'outport == @pg_vpc_a_db && ip4', 'reject'],
    ['--name=test-deny', 'pg_vpc_a_test', 'outport == @pg_vpc_a_test && ip4', 'drop'],
  ])
  expect(new Set(allowances.map((row) => row.at(-1)))).toEqual(new Set(['allow-related']))
  expect(acls).toHaveLength(denials.length + allowances.length)
})

test('the internet is whoever is in no VPC', () => {
  const open = rows(twoVpcs).find((row) => row.some((word) => word.includes('!=')))
  expect(open?.[5]).toBe('outport == @pg_vpc_a_web && ip4 && ip4.src != {10.0.0.0/16, 10.1.0.0/16}')
})

test('the gateway port prefers its chassis in the order of the topology, the witness last', () => {
  const group = starting(twoVpcs, 'lrp-set-gateway-chassis').filter(([, port]) => port === 'lrp-vpc-a-nat')
  expect(group.map(([, , chassis, priority]) => [chassis, priority])).toEqual([
    ['chassis-1', '30'],
    ['chassis-2', '20'],
    ['chassis-3', '10'],
  ])
})

test('VPCs meet in the transit network alone: a route each way by its router', () => {
  expect(starting(twoVpcs, 'lr-route-add').map((row) => row.slice(1).join(' '))).toEqual([
    'lr-gateway 10.0.0.0/16 192.168.100.10',
    'lr-vpc-a 10.1.0.0/16 192.168.100.1',
    'lr-gateway 10.1.0.0/16 192.168.100.20',
    'lr-vpc-b 10.0.0.0/16 192.168.100.1',
  ])
  expect(starting(oneVpc, 'lr-route-add')).toEqual([])
})

test('what rows are called follows from what they belong to', () => {
  const { a } = oneVpc.vpcs
  expect([routerPort('ls-vpc-a-web'), redirectPort(a), portGroup(a, 'web')]).toEqual([
    'lrp-vpc-a-web',
    'cr-lrp-vpc-a-nat',
    'pg_vpc_a_web',
  ])
})
