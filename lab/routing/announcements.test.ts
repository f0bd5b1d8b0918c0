import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { newHistory } from '../history.ts'
import { announcementsTo } from './announcements.ts'

const heard = (...lines: string[]) => {
  const history = newHistory()
  for (const line of lines) history.record('internet', { kind: 'line', node: 'internet', stream: 'frr', line }, 1e9)
  return announcementsTo(history, twoVpcs, 'internet').map(({ by, prefix, refused }) => [by, prefix, refused])
}

test('what is taken and what is refused, and why', () => {
  expect(
    heard(
      'BGP: [YCKEM-GB33T] 100.64.1.2(nat-gw-a-1) rcvd 203.0.113.17/32 IPv4 unicast',
      'BGP: [PCFFM-WMARW] 100.64.3.2(nat-gw-b-1) rcvd UPDATE about 203.0.113.17/32 IPv4 unicast -- DENIED due to: route-map;',
    ),
  ).toEqual([
    ['nat-gw-a-1', '203.0.113.17/32', undefined],
    ['nat-gw-b-1', '203.0.113.17/32', 'route-map'],
  ])
})

test('a withdrawal and a repetition are no announcement', () => {
  expect(
    heard(
      'BGP: 100.64.1.2(nat-gw-a-1) rcvd UPDATE about 203.0.113.17/32 IPv4 unicast -- withdrawn',
      'BGP: 100.64.1.2(nat-gw-a-1) rcvd 203.0.113.17/32 IPv4 unicast...duplicate ignored',
      'BGP: 100.64.1.2(nat-gw-a-1) rcvd UPDATE w/ attr: nexthop 100.64.1.2, origin i, path 65011',
    ),
  ).toEqual([])
})
