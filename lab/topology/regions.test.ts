import { expect, test } from 'vitest'
import { twoRegions, twoVpcs, twoVpcsTable } from '../../fixtures/index.ts'
import { checkTopology } from './check.ts'
import { links } from './links.ts'
import { nodeWithAddress } from './nodes.ts'
import { peerings, sessionsOf } from './peerings.ts'
import { customersOf, internetOf, internets, jointsOf } from './regions.ts'

const { a, b } = twoRegions.vpcs

test('each VPC is a customer of the internet of its region, and one of them where there is one', () => {
  expect(internets(twoRegions).map(({ name }) => name)).toEqual(['internet', 'internet-2'])
  expect([a, b].map((vpc) => internetOf(twoRegions, vpc).name)).toEqual(['internet', 'internet-2'])
  expect(customersOf(twoRegions, 'internet-2')).toEqual([b])
  expect(customersOf(twoVpcs, 'internet')).toHaveLength(2)
})

test('a link between regions has a session, seen from either end', () => {
  expect(jointsOf(twoRegions, 'internet-2').map(({ ends: [own, other] }) => [own.device, other.address])).toEqual([
    ['region-1-1', '100.127.1.1'],
    ['region-1-2', '100.127.2.1'],
  ])
  expect(links(twoRegions).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['internet:region-2-1', 'internet:region-2-2', 'nat-gw-b-1:eth1']),
  )
  expect(sessionsOf(twoRegions, 'internet').map(({ far }) => far.node)).toEqual([
    'nat-gw-a-1',
    'internet-2',
    'internet-2',
  ])
  expect(peerings(twoRegions).filter(({ vpc }) => !vpc)).toHaveLength(2)
  expect(nodeWithAddress(twoRegions, '100.127.2.2')).toBe('internet-2')
})

const [region] = twoRegions.regions
test.each([
  [
    'an internet that is not there',
    { vpcs: { a, b: { ...b, internet: 'internet-3' } } },
    /internet-3 is unknown; there is internet/,
  ],
  [
    'a copy that serves nothing there',
    { anycast: { ...twoRegions.anycast, port: 8080 } },
    /vpc-a-web-1 serves nothing on port 8080; nobody does/,
  ],
  [
    'an internet of the same AS',
    { regions: [{ ...region, internet: { ...region?.internet, as: 65000 } }] },
    /65000 is taken by/,
  ],
  [
    'a link whose ends are one',
    { regions: [{ ...region, peerings: [{ ...region?.peerings[0], peer: '100.127.1.1' }] }] },
    /100\.127\.1\.1 is taken by/,
  ],
])('%s is refused', (_, wrong, said) => {
  expect(() => checkTopology({ ...twoRegions, ...wrong })).toThrow(said)
})

test('a VPC learns a table only where there is one', () => {
  const { table: _, ...internet } = twoVpcsTable.internet
  expect(() => checkTopology({ ...twoVpcsTable, internet })).toThrow(/learns nothing: the internet has no table/)
})
