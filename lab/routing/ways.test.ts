import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { fibOf } from './fib.ts'
import type { Router } from './walk.ts'
import { flawsOf } from './ways.ts'

const { a } = twoVpcs.vpcs
const [web] = a.workloads

type Tables = Readonly<Record<'lr-vpc-a' | 'nat-gw-a-1' | 'nat-gw-a-2' | 'internet', string>>

const inside = ['10.0.1.0/24 via 10.0.255.1 dev eth0', 'blackhole 203.0.113.17']
const whole: Tables = {
  'lr-vpc-a': '10.0.1.0/24 dev web\n10.0.255.0/24 dev nat\ndefault via 10.0.255.254 dev nat',
  'nat-gw-a-1': ['default via 100.64.1.1 dev eth1', ...inside].join('\n'),
  'nat-gw-a-2': ['default via 100.64.2.1 dev eth1', ...inside].join('\n'),
  internet: '203.0.113.17 via 100.64.1.2 dev to-a-1',
}

function flaws(changed: Partial<Tables> = {}) {
  const tables = { ...whole, ...changed }
  const router = (name: keyof Tables, addresses: readonly string[]): Router => ({
    name,
    addresses,
    routes: fibOf(tables[name]),
  })
  const routers = [
    { name: 'vpc-a-web-1', addresses: ['10.0.1.10'], routes: fibOf('default via 10.0.1.1 dev eth0') },
    router('lr-vpc-a', ['10.0.1.1', '10.0.255.1']),
    router('nat-gw-a-1', ['10.0.255.254', '100.64.1.2']),
    router('nat-gw-a-2', ['10.0.255.253', '100.64.2.2']),
    router('internet', ['198.51.100.10', '100.64.1.1', '100.64.2.1']),
  ]
  return web ? flawsOf(twoVpcs, routers, a, web) : ['no workload']
}

test('a way out and back through one gateway is whole', () => {
  expect(flaws()).toEqual([])
})

test.each<[string, Partial<Tables>, readonly string[]]>([
  [
    'an answer that takes the other gateway',
    { internet: '203.0.113.17 via 100.64.2.2 dev to-a-2' },
    ['vpc-a-web-1 leaves by nat-gw-a-1 and is answered by nat-gw-a-2'],
  ],
  ['a public address that nobody announces', { internet: '' }, ['203.0.113.17: no route at internet']],
  [
    'a gateway without a default: the black hole behind a static route',
    { 'nat-gw-a-1': inside.join('\n') },
    ['vpc-a-web-1 → internet: no route after vpc-a-web-1 → lr-vpc-a → nat-gw-a-1'],
  ],
  [
    'a gateway that does not know the VPC',
    { 'nat-gw-a-1': 'default via 100.64.1.1 dev eth1\nblackhole 203.0.113.17' },
    ['nat-gw-a-1 → vpc-a-web-1: no route after nat-gw-a-1 → internet'],
  ],
])('%s is named', (_, changed, said) => {
  expect(flaws(changed)).toEqual(said)
})

test('over equal cost every path is walked', () => {
  const both = '10.0.1.0/24 dev web\ndefault nexthop via 10.0.255.254 dev nat nexthop via 10.0.255.253 dev nat'
  expect(flaws({ 'lr-vpc-a': both })).toEqual(['vpc-a-web-1 leaves by nat-gw-a-2 and is answered by nat-gw-a-1'])
})
