import { expect, test } from 'vitest'
import { topologies, twoVpcs, vpcs } from '../../fixtures/index.ts'
import { changed, refusal } from './broken.ts'
import { checkTopology } from './check.ts'

const web2 = 'two-vpcs: vpcs.a.workloads[1] vpc-a-web-2:'

test('all flaws are listed, the first one on top and the others below a blank line', () => {
  const changes = {
    'vpcs.a.workloads.1.chassis': 'chassis-9',
    'vpcs.a.workloads.1.address': '10.0.1.10',
    'vpcs.b.router': 'lr-vpc-a',
  }
  expect(refusal(changed(twoVpcs, changes)).split('\n')).toEqual([
    'two-vpcs: vpcs.b vpc-b: router lr-vpc-a is taken by vpcs.a vpc-a; each logical router needs a name of its own',
    '',
    `${web2} chassis chassis-9 is unknown; two-vpcs has chassis-1, chassis-2`,
    `${web2} address 10.0.1.10 is taken by vpcs.a.workloads[0] vpc-a-web-1; 10.0.1.11 is free`,
  ])
})

test.each([
  [3, 'topology: must be an object, was 3'],
  [null, 'topology: must be an object, was null'],
  ['two-vpcs', "topology: must be an object, was 'two-vpcs'"],
])('%j is no topology', (value, says) => {
  expect(refusal(value)).toBe(says)
})

test('two chassis without a witness anywhere are told to add one', () => {
  const changes = {
    chassis: twoVpcs.chassis.slice(0, 2),
    'vpcs.a.nat.chassis': ['chassis-1', 'chassis-2'],
    'vpcs.b.nat.chassis': ['chassis-2'],
  }
  expect(refusal(changed(twoVpcs, changes))).toBe(
    'two-vpcs: vpcs.a vpc-a: nat.chassis has two members, chassis-1 and chassis-2, neither of which could take over from the other; add a witness such as chassis-3 at the end',
  )
})

test('VPCs that nothing joins may use the same addresses', () => {
  const { a, b } = twoVpcs.vpcs
  const apart = changed(twoVpcs, {
    transit: undefined,
    'vpcs.a.transit': undefined,
    'vpcs.b.transit': undefined,
    'vpcs.a.nat.chassis': ['chassis-1'],
    'vpcs.b.nat.chassis': ['chassis-2'],
    'vpcs.a.nat.speakers': a.nat.speakers.slice(0, 1),
    'vpcs.b.nat.speakers': b.nat.speakers.slice(0, 1),
  })
  const alike: unknown = JSON.parse(JSON.stringify(apart).replaceAll('"10.1.', '"10.0.'))
  expect(refusal(alike)).toBe('nothing wrong')
})

test.each([...Object.values(topologies), vpcs(1, { chassis: 1 }), vpcs(3, { chassis: 1 }), vpcs(2, { chassis: 5 })])(
  '$name is in order, and comes back as it was',
  (topology) => {
    expect(checkTopology(topology)).toEqual(topology)
  },
)

test('fifty VPCs on ten chassis are checked in less than a second', () => {
  const topology = vpcs(50, { chassis: 10 })
  const startMs = performance.now()
  checkTopology(topology)
  expect(performance.now() - startMs).toBeLessThan(1000)
})

test('the largest of the fixtures is in order', () => {
  expect(refusal(vpcs(200, { chassis: 200 }))).toBe('nothing wrong')
})
