import { expect, test } from 'vitest'
import { oneVpc, twoVpcs, twoVpcsOspf } from '../../fixtures/index.ts'
import { adjacencies, adjacenciesOf, adjacencyBetween } from './adjacencies.ts'
import { checkTopology } from './check.ts'
import { peerings, sessionsOf } from './peerings.ts'

test('every gateway has the internet for a neighbour, in the area of its VPC, and speaks BGP with its speakers alone', () => {
  expect(adjacencies(twoVpcsOspf).map(({ near, area, far }) => [near.node, area, far.device])).toEqual([
    ['nat-gw-a-1', '0.0.0.1', 'to-a-1'],
    ['nat-gw-a-2', '0.0.0.1', 'to-a-2'],
    ['nat-gw-b-1', '0.0.0.2', 'to-b-1'],
    ['nat-gw-b-2', '0.0.0.2', 'to-b-2'],
  ])
  expect(peerings(twoVpcsOspf)).toHaveLength(4 * 2)
  expect(sessionsOf(twoVpcsOspf, 'internet')).toEqual([])
  expect(adjacencies(twoVpcs)).toEqual([])
})

test('an adjacency is seen from the end that is named first', () => {
  const seen = (a: string, b: string) => {
    const { near, far } = adjacencyBetween(twoVpcsOspf, a, b)
    return [near.device, near.address, far.device, far.address]
  }
  expect(seen('nat-gw-a-1', 'internet')).toEqual(['eth1', '100.64.1.2', 'to-a-1', '100.64.1.1'])
  expect(seen('internet', 'nat-gw-a-1')).toEqual(['to-a-1', '100.64.1.1', 'eth1', '100.64.1.2'])
  expect(adjacenciesOf(twoVpcsOspf, 'internet')).toHaveLength(4)
})

test.each([
  ['nat-gw-a-1', 'nat-gw-a-2', /^no OSPF adjacency of nat-gw-a-1 with nat-gw-a-2; nat-gw-a-1 has one with internet$/],
  ['vpc-a-web-1', 'internet', /^no OSPF adjacency of vpc-a-web-1 with internet; vpc-a-web-1 has none$/],
])('%s and %s have none', (a, b, said) => {
  expect(() => adjacencyBetween(twoVpcsOspf, a, b)).toThrow(said)
})

const { ospf } = twoVpcsOspf.timers
test.each([
  ['deadS', { deadS: 1 }, /deadS must be longer than helloS 1, or every neighbour is lost, was 1/],
  ['spf', { spf: { delayMs: 0, holdMs: 50, maxHoldMs: 10 } }, /spf\.maxHoldMs must be at least holdMs 50, was 10/],
  [
    'lsa',
    { lsa: { intervalMs: 100, arrivalMs: 200 } },
    /lsa\.arrivalMs must be at most intervalMs 100, or news are refused/,
  ],
])('timers of OSPF that cannot work are refused: %s', (_, wrong, said) => {
  const timers = { ...oneVpc.timers, ospf: { ...ospf, ...wrong } }
  expect(() => checkTopology({ ...oneVpc, timers })).toThrow(said)
})
