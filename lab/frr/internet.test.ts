import { expect, test } from 'vitest'
import { twoRegions, twoVpcs, twoVpcsTable } from '../../fixtures/index.ts'
import { sessionsOf } from '../topology/peerings.ts'
import { gatewayBgp } from './config.ts'
import { internetBgp, ownSource } from './internet.ts'
import { filtersOf } from './maps.ts'

const [other] = twoRegions.regions.map((region) => region.internet)
const config = internetBgp(twoRegions)

test('a region learns from another what is its own, and announces its own', () => {
  expect(config).toContain(`ip prefix-list OF-internet seq 5 permit 198.51.100.10/32
ip prefix-list OF-internet seq 10 permit 203.0.113.16/28 le 32
`)
  expect(config).toContain('route-map FROM-region-2-1 permit 10\n match ip address prefix-list OF-internet-2\n')
  expect(config).toContain('route-map TO-region-2-1 permit 10\n match ip address prefix-list OF-internet\n')
  expect(config).toContain('network 198.51.100.10/32')
  expect(config).not.toContain('neighbor 100.64.3.2')
})

test('the second link is prepended at both ends', () => {
  expect(config).toMatch(/route-map TO-region-2-2 permit 10\n.*\n set as-path prepend 65000 65000\n/)
  expect(internetBgp(twoRegions, other)).toMatch(
    /route-map TO-region-1-2 permit 10\n.*\n set as-path prepend 64999 64999\n/,
  )
})

test('every filter that a session is said to have stands in the configuration', () => {
  for (const session of sessionsOf(twoRegions, 'internet')) {
    const filters = filtersOf(twoRegions, session)
    for (const map of [filters.in, filters.out]) expect(config).toContain(`route-map ${map} permit`)
    expect(config).toContain(`ip prefix-list ${filters.list} seq`)
  }
})

test('an anycast address may pass where a copy of its service is', () => {
  const { a } = twoRegions.vpcs
  const gateway = a.nat.gateways.map((each) => gatewayBgp(twoRegions, a, each)).join('')
  for (const text of [config, gateway]) expect(text).toContain('ip prefix-list ANYCAST seq 5 permit 203.0.113.1/32')
  expect(gateway).toContain('network 203.0.113.1/32')
  expect(internetBgp(twoVpcs)).not.toContain('ANYCAST')
})

test('a table is offered to those that learn it, and its prefixes are not told one by one', () => {
  const table = internetBgp(twoVpcsTable)
  expect(table).toContain('redistribute kernel route-map TABLE')
  expect(table).toContain('route-map TO-nat-gw-a-1 permit 20\n match ip address prefix-list TABLE\n')
  expect(table).not.toContain('route-map TO-nat-gw-b-1 permit 20')
  expect(table).not.toMatch(/debug bgp updates (in|out)/)
})

test('packets of its own have an address that all regions know, where there are several', () => {
  expect(ownSource(twoRegions, twoRegions.internet)).toContain('set src 198.51.100.10')
  expect(ownSource(twoVpcs, twoVpcs.internet)).toBe('')
})
