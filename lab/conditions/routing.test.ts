import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { ScenarioError } from '../errors.ts'
import type { Row } from '../ovn/southbound.ts'
import type { Lab } from '../types.ts'
import { nextHop } from './routing.ts'

const tables: Record<string, Row[]> = {
  Datapath_Binding: [
    { _uuid: 'a', external_ids: { name: 'lr-vpc-a' } },
    { _uuid: 'b', external_ids: { name: 'lr-vpc-b' } },
  ],
  Learned_Route: [
    { datapath: 'a', ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.254' },
    { datapath: 'b', ip_prefix: '0.0.0.0/0', nexthop: '10.1.255.254' },
    { datapath: 'b', ip_prefix: '0.0.0.0/0', nexthop: '10.1.255.9' },
  ],
}
const lab = { topology: twoVpcs, southbound: { rows: (table: string) => tables[table] ?? [] } } as unknown as Lab

test.each([
  ['lr-vpc-a', 'nat-gw-a-1', true, 'nat-gw-a-1'],
  ['lr-vpc-a', 'nat-gw-a-2', false, 'nat-gw-a-1'],
  ['lr-vpc-b', 'nat-gw-b-1', false, '10.1.255.9 and nat-gw-b-1'],
  ['lr-gateway', 'nat-gw-a-1', false, 'none'],
])('next hop on %s is %s: %s, saw %s', async (router, is, holds, saw) => {
  expect(await nextHop(router, { for: '0.0.0.0/0', is }).look(lab)).toEqual({ holds, saw })
})

test.each([
  ['lr-vpc-c', '0.0.0.0/0', 'nat-gw-a-1', /^no router 'lr-vpc-c' in two-vpcs; it has lr-vpc-a/],
  ['lr-vpc-a', '0.0.0.0', 'nat-gw-a-1', /^no prefix: '0\.0\.0\.0'; write it as in 0\.0\.0\.0\/0$/],
  ['lr-vpc-a', '0.0.0.0/0', 'nat-gw-c-1', /^no node 'nat-gw-c-1' in two-vpcs; it has nat-gw-/],
])('%s, %s and %s cannot be waited for', async (router, prefix, is, message) => {
  const look = nextHop(router, { for: prefix, is }).look(lab)
  await expect(look).rejects.toThrow(message)
  await expect(look).rejects.toBeInstanceOf(ScenarioError)
})
