import { expect, test } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { faultByHand } from './catalogue.ts'

test.each([
  ['conntrack-flushed', 'nat-gw-a-1', 'flush of conntrack on nat-gw-a-1'],
  ['snat-wrong', 'nat-gw-a-1 203.0.113.18', 'SNAT to 203.0.113.18 on nat-gw-a-1'],
  ['acl-lost', 'vpc-a app deny', 'loss of the ACL app-deny of vpc-a'],
  ['port-address-wrong', 'vpc-a-app-1 02:00:00:01:02:99', 'wrong address 02:00:00:01:02:99 of the port of vpc-a-app-1'],
])('%s %s is %s', (name, words, fault) => {
  expect(faultByHand(oneVpc, name, words.split(' ')).name).toBe(fault)
})

test.each([
  ['acl-lost', 'vpc-a app all', /^no kind of ACL 'all'; there are allow$/],
  ['gateway-moved', 'vpc-a chassis-1', /^no chassis that the gateway port of vpc-a can move to from chassis-1 /],
  ['snat-lost', 'chassis-1', /^chassis-1 is no gateway: SNAT is done at NAT gateways$/],
])('%s %s is refused in one line', (name, words, message) => {
  expect(() => faultByHand(oneVpc, name, words.split(' '))).toThrow(message)
})
