import { expect, test } from 'vitest'
import { twoVpcsEqualCost, twoVpcsStaticEgress } from '../../fixtures/index.ts'
import { changed, refusal } from '../topology/broken.ts'
import { egressRows, staticNextHops } from './egress.ts'
import { nextHopsOf } from './next-hops.ts'
import type { Row } from './southbound.ts'

const { a, b } = twoVpcsStaticEgress.vpcs
const session = (dst_ip: string, status: string): Row => ({ dst_ip, status, logical_port: 'lrp-vpc-a-nat' })
const [first, second] = ['10.0.255.254', '10.0.255.253'] as const

test('the active gateway has the halves of the default, and the standby the whole, each with its BFD', () => {
  const rows = egressRows(twoVpcsStaticEgress, a, 'lrp-vpc-a-nat')
  expect(rows.filter((row) => row.includes('create'))).toEqual([
    // 12 × 100 ms: longer than the second that a session begins with (RFC 5880, section 6.8.3).
    '--id=@bfd_nat_gw_a_1 create bfd logical_port=lrp-vpc-a-nat dst_ip=10.0.255.254 min_tx=100 min_rx=100 detect_mult=12',
    ...['0.0.0.0/1', '128.0.0.0/1'].map(
      (prefix, i) =>
        `--id=@route${i}_nat_gw_a_1 create logical_router_static_route ip_prefix=${prefix} nexthop=10.0.255.254 output_port=lrp-vpc-a-nat bfd=@bfd_nat_gw_a_1`,
    ),
    '--id=@bfd_nat_gw_a_2 create bfd logical_port=lrp-vpc-a-nat dst_ip=10.0.255.253 min_tx=100 min_rx=100 detect_mult=12',
    '--id=@route0_nat_gw_a_2 create logical_router_static_route ip_prefix=0.0.0.0/0 nexthop=10.0.255.253 output_port=lrp-vpc-a-nat bfd=@bfd_nat_gw_a_2',
  ])
  expect(egressRows(twoVpcsStaticEgress, b, 'lrp-vpc-b-nat')).toEqual([])
})

test.each([
  ['the active one while both are up', [session(first, 'up'), session(second, 'up')], [first]],
  ['the standby once the active one is down', [session(first, 'down'), session(second, 'up')], [second]],
  ['nobody where none is up', [session(first, 'down'), session(second, 'init')], []],
])('next hop is %s', (_, sessions, hops) => {
  expect(staticNextHops(a, sessions)).toEqual(hops)
})

test('of equal cost all that are up', () => {
  const both = [session(first, 'up'), session(second, 'up')]
  expect(staticNextHops(twoVpcsEqualCost.vpcs.a, both)).toEqual([first, second])
})

test('a router that learns its default is asked for what it learned, whatever BFD says', () => {
  const tables: Readonly<Record<string, readonly Row[]>> = {
    BFD: [session(first, 'up')],
    Datapath_Binding: [{ _uuid: 'b', external_ids: { name: 'lr-vpc-b' } }],
    Learned_Route: [{ datapath: 'b', ip_prefix: '0.0.0.0/0', nexthop: '10.1.255.254' }],
  }
  const southbound = { rows: (table: string) => tables[table] ?? [] } as Parameters<typeof nextHopsOf>[0]['southbound']
  const lab = { topology: twoVpcsStaticEgress, southbound }
  expect(nextHopsOf(lab, 'lr-vpc-a', '0.0.0.0/0')).toEqual([first])
  expect(nextHopsOf(lab, 'lr-vpc-b', '0.0.0.0/0')).toEqual(['10.1.255.254'])
})

test('static routes that nothing watches are refused', () => {
  expect(refusal(changed(twoVpcsStaticEgress, { 'timers.bfd': undefined }))).toContain(
    'vpcs.a vpc-a: nat.egress static needs timers.bfd, which watches its gateways',
  )
})
