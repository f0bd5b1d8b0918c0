import { expect, test } from 'vitest'
import { oneVpc, twoVpcs } from '../../fixtures/index.ts'
import { peerings, sessionBetween, sessionsOf } from './peerings.ts'

test('every gateway speaks with the internet and with each speaker of its VPC', () => {
  expect(peerings(twoVpcs)).toHaveLength(4 * 3)
  expect(sessionsOf(twoVpcs, 'internet').map(({ far }) => far.node)).toEqual([
    'nat-gw-a-1',
    'nat-gw-a-2',
    'nat-gw-b-1',
    'nat-gw-b-2',
  ])
  expect(sessionsOf(oneVpc, 'vpc-a-web-1')).toEqual([])
})

test('a session is seen from the end that is named first', () => {
  const seen = (a: string, b: string) => {
    const { near, far } = sessionBetween(twoVpcs, a, b)
    return [near.instance, near.as, near.address, far.as, far.address]
  }
  expect(seen('nat-gw-a-1', 'internet')).toEqual(['', 65011, '100.64.1.2', 65000, '100.64.1.1'])
  expect(seen('chassis-2', 'nat-gw-b-1')).toEqual(['vpc-b', 65200, '10.1.255.2', 65021, '10.1.255.254'])
})

test.each([
  ['nat-gw-a-1', 'nat-gw-a-2', /^no BGP session between nat-gw-a-1 and nat-gw-a-2; nat-gw-a-1 has one with /],
  ['vpc-a-web-1', 'internet', /^no BGP session between vpc-a-web-1 and internet; vpc-a-web-1 has none$/],
  ['nat-gw-a-9', 'internet', /^no node 'nat-gw-a-9' in two-vpcs/],
])('between %s and %s there is none', (a, b, said) => {
  expect(() => sessionBetween(twoVpcs, a, b)).toThrow(said)
})
