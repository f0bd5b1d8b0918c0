import { expect, test } from 'vitest'
import { twoVpcs, twoVpcsOspf, withTimers } from '../../fixtures/index.ts'
import { gatewayBgp } from './config.ts'
import { gatewayOspf, internetFilter, internetOspf } from './ospf.ts'

const { a } = twoVpcsOspf.vpcs
const [active, standby] = a.nat.gateways.map((gateway) => gatewayOspf(twoVpcsOspf, a, gateway) ?? '')
const internet = internetOspf(twoVpcsOspf) ?? ''

test('each VPC has an area of its own, a stub, and the internet is in all of them', () => {
  expect(active).toContain('interface eth1\n ip ospf area 0.0.0.1\n')
  expect(internet.match(/area 0\.0\.0\.\d stub no-summary/g)).toEqual([
    'area 0.0.0.1 stub no-summary',
    'area 0.0.0.2 stub no-summary',
  ])
  expect(internet).toContain('interface to-b-2\n ip ospf area 0.0.0.2\n')
})

test('the way to the active gateway costs less', () => {
  expect(active).toContain('interface lo\n ip ospf area 0.0.0.1\n ip ospf cost 10\n')
  expect(standby).toContain('interface lo\n ip ospf area 0.0.0.1\n ip ospf cost 30\n')
})

test("the internet takes addresses of a VPC's range over its own uplinks alone", () => {
  expect(internetFilter(twoVpcsOspf)).toContain(`ip prefix-list PUBLIC-vpc-a seq 5 permit 203.0.113.16/28 ge 32
ip prefix-list UPLINKS-vpc-a seq 5 permit 100.64.1.2/32
ip prefix-list UPLINKS-vpc-a seq 10 permit 100.64.2.2/32
route-map FROM-GATEWAYS permit 10
 match ip address prefix-list PUBLIC-vpc-a
 match ip next-hop prefix-list UPLINKS-vpc-a
`)
})

test('a gateway offers to OVN what ospfd has, and speaks no BGP with the internet', () => {
  const [gateway] = a.nat.gateways
  const bgp = gateway ? gatewayBgp(twoVpcsOspf, a, gateway) : ''
  expect(bgp).toContain('redistribute ospf route-map INTERNET-IN')
  expect(bgp).not.toMatch(/neighbor 100\.64\.|network 203/)
})

test('timers are what the topology says; without BFD there is none', () => {
  expect(active).toContain(
    ' ip ospf hello-interval 1\n ip ospf dead-interval 3\n ip ospf retransmit-interval 1\n ip ospf bfd\n',
  )
  const [gateway] = a.nat.gateways
  const slow = gateway ? gatewayOspf(withTimers(twoVpcsOspf, 'default'), a, gateway) : ''
  expect(slow).toContain(' ip ospf hello-interval 10\n ip ospf dead-interval 40\n')
  expect(internetOspf(withTimers(twoVpcsOspf, 'without-bfd'))).not.toContain('bfd')
  expect(internetOspf(twoVpcs)).toBeUndefined()
})
