import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { twoVpcsBalanced } from '../../fixtures/two-vpcs-balanced.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import { backendsOnline, everyBackendOnline } from './balance.ts'

const lab = (topology: Topology, status: Readonly<Record<string, string | null>>) =>
  ({
    topology,
    southbound: { rows: () => Object.entries(status).map(([logical_port, s]) => ({ logical_port, status: s })) },
  }) as unknown as Lab

const one = lab(twoVpcsBalanced, { 'vpc-a-web-1': 'offline', 'vpc-a-web-2': 'online' })

test.each([
  [['vpc-a-web-2'], true],
  [['vpc-a-web-1', 'vpc-a-web-2'], false],
  [[], false],
])('with the first backend lost, %s online: %s', async (are, holds) => {
  expect(await backendsOnline('lb-vpc-a-web', { are }).look(one)).toEqual({
    holds,
    saw: 'vpc-a-web-1 offline, vpc-a-web-2 online',
  })
})

test('a backend that was not probed yet is not online', async () => {
  const none = lab(twoVpcsBalanced, { 'vpc-a-web-1': 'online', 'vpc-a-web-2': null })
  expect(await everyBackendOnline.look(none)).toEqual({
    holds: false,
    saw: 'vpc-a-web-1 online, vpc-a-web-2 not probed yet',
  })
  expect(await everyBackendOnline.look(lab(twoVpcs, {}))).toEqual({ holds: true, saw: 'no load balancer' })
})

test('a load balancer that is not there is refused', async () => {
  await expect(backendsOnline('lb-vpc-a-web', { are: [] }).look(lab(twoVpcs, {}))).rejects.toThrow(
    "no load balancer 'lb-vpc-a-web' in two-vpcs; it has none",
  )
})
