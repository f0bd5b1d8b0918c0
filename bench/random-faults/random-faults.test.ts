import { expect, test } from 'vitest'
import { checkTopology } from '../../lab/topology/check.ts'
import { links } from '../../lab/topology/links.ts'
import { expectations } from '../../lab/topology/policy.ts'
import { background, open } from './lab.ts'
import { byKind } from './told.ts'

test.each(['two-vpcs', 'two-vpcs-raft', 'two-vpcs-balanced', 'one-vpc'])('%s with open tiers is sound', (name) => {
  const topology = open(name)
  expect(checkTopology(topology).name).toBe(`${name}-open`)
})

test('something is on its way on the link of every workload', () => {
  const topology = open('two-vpcs')
  const generators = ['traffic-gen-a', 'traffic-gen-b']
  const reached = new Set(
    expectations(topology)
      .filter(({ from, expect: outcome }) => generators.includes(from) && outcome === 'answered')
      .map(({ to }) => to),
  )
  const workloads = Object.values(topology.vpcs).flatMap((vpc) => vpc.workloads.map(({ name }) => name))
  expect(workloads.filter((name) => !reached.has(name) && !generators.includes(name))).toEqual([])
  expect(background(topology)).toHaveLength(2)
  expect(links(topology).length).toBeGreaterThan(20)
})

test('faults are told by kind, most often struck first, and all together last', () => {
  const rows = byKind([
    { kind: 'death', fault: 'death of a', bitNs: 1e8, servedNs: 2e9, steadyNs: 1e9, sound: true },
    { kind: 'isolation', fault: 'isolation of a', bitNs: 1e7, servedNs: 1e7, steadyNs: 1e9, sound: true },
    { kind: 'isolation', fault: 'isolation of b', wrong: 'it did not bite', sound: true },
  ]).split('\n')
  expect(rows.slice(2).map((row) => row.split(/ {2,}/).slice(0, 4))).toEqual([
    ['isolation', '2', '1', '10.0ms / 10.0ms'],
    ['death', '1', '0', '100ms / 100ms'],
    ['all', '3', '1', '55.0ms / 100ms'],
  ])
})
