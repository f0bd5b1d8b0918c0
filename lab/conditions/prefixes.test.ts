import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import type { Lab } from '../types.ts'
import { ownRoutesOnly, routesIn } from './prefixes.ts'

const listing = (more = '') => `default nhid 7 via 100.64.1.1 dev eth1 proto bgp metric 20
10.0.1.0/24 nhid 9 via 10.0.255.1 dev eth0 proto bgp metric 20
${more}`

const lab = (tables: Readonly<Record<string, string>>) =>
  ({ topology: twoVpcs, try: async (node: string) => ({ out: tables[node] ?? '' }) }) as unknown as Lab

test('routes are read by prefix, and by whom they go', () => {
  expect(routesIn(twoVpcs, 'nat-gw-a-1', listing('203.0.113.33 via 100.64.1.1 dev eth1 proto bgp'))).toEqual([
    { node: 'nat-gw-a-1', prefix: '0.0.0.0/0', via: 'internet' },
    { node: 'nat-gw-a-1', prefix: '10.0.1.0/24', via: '10.0.255.1' },
    { node: 'nat-gw-a-1', prefix: '203.0.113.33/32', via: 'internet' },
  ])
})

test('a route of another VPC is named, with who has it', async () => {
  const looked = (more: string) => ownRoutesOnly.look(lab({ 'nat-gw-a-1': listing(more) }))
  expect(await looked('')).toEqual({ holds: true, saw: '2 routes, all their own' })
  expect(await looked('10.1.1.0/24 via 10.0.255.2 dev eth0 proto bgp')).toEqual({
    holds: false,
    saw: 'nat-gw-a-1 has 10.1.1.0/24 from chassis-1',
  })
})

test('gateways without any route prove nothing', async () => {
  expect((await ownRoutesOnly.look(lab({}))).holds).toBe(false)
})
