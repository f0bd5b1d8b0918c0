import { expect, test } from 'vitest'
import { twoVpcsGrowing } from '../../../fixtures/two-vpcs-growing.ts'
import { nbTransaction } from '../../ovn/nb.ts'
import { changed, type Row, refusal } from '../broken.ts'
import { expectations } from '../policy.ts'

const index = twoVpcsGrowing.vpcs.a.subnets.findIndex(({ later }) => later)

test.each<Row>([
  [
    'a way out that comes later',
    { 'vpcs.a.nat.subnet': 'ls-vpc-a-new' },
    'vpcs.a.subnets[5] ls-vpc-a-new: later cannot be: the way out of the VPC is there from the start',
  ],
  [
    'a subnet that brings a tier of its own',
    { [`vpcs.a.subnets.${index}.tier`]: undefined },
    'tier is none, of which vpc-a has no workload from the start, and so no ACLs; take web or app or db or test',
  ],
])('%s is refused', (_, changes, says) => {
  expect(refusal(changed(twoVpcsGrowing, changes))).toContain(says)
})

test('the fixture is sound', () => {
  expect(refusal(twoVpcsGrowing)).toBe('nothing wrong')
})

test('what comes later is neither in the NB nor expected to answer from the start', () => {
  expect(nbTransaction(twoVpcsGrowing)).not.toContain('new')
  expect(expectations(twoVpcsGrowing).filter(({ from, to }) => [from, to].includes('vpc-a-new-1'))).toEqual([])
})
