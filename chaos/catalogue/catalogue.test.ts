// The catalogue is whole and sound: every kind of fault is in it, each can be checked on the topologies that
// have it, and no two that wear out the same thing may be in force together.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  oneVpc,
  twoRegions,
  twoVpcs,
  twoVpcsGrowing,
  twoVpcsOspf,
  twoVpcsRaft,
  twoVpcsStaticEgress,
  twoVpcsTable,
} from '../../fixtures/index.ts'
import { chanceOf } from '../../lab/random.ts'
import * as chaos from '../index.ts'
import { kill } from '../kill.ts'
import { caseOn } from './entry.ts'
import { catalogue, draw, kindsOn, mayOverlap } from './index.ts'

/** Not faults: verbs, targets, compositions. */
const OTHERS = ['FABRIC', 'activeGateway', 'activeNorthd', 'after', 'anyOf', 'anyWithRole', 'change', 'chassisHosting']
OTHERS.push('every', 'gatewayChassis', 'inOrder', 'inject', 'lasting', 'nbLeader', 'nothing', 'on', 'repeat')
OTHERS.push('tableAtGateways', 'sbFollower', 'sbLeader', 'together', 'storm', 'mayOverlap', 'catalogue', 'draw')

const text = readdirSync(import.meta.dirname)
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')

test.each(Object.keys(chaos).filter((name) => !OTHERS.includes(name)))('%s is in the catalogue', (name) => {
  expect(text).toMatch(new RegExp(`\\b${name}\\b`))
})

test.each([twoVpcs, twoVpcsRaft, twoVpcsOspf, twoVpcsGrowing, twoVpcsStaticEgress, twoVpcsTable, twoRegions, oneVpc])(
  'every fault for $name can be checked, and says what it touches',
  (topology) => {
    const cases = catalogue.flatMap((entry) => entry.cases(topology))
    expect(cases.length).toBeGreaterThan(20)
    for (const { fault, touches } of cases) {
      fault.check({ topology })
      expect(touches.length).toBeGreaterThan(0)
    }
  },
)

test('every kind has another name', () => {
  const kinds = catalogue.map(({ kind }) => kind)
  expect(new Set(kinds).size).toBe(kinds.length)
})

const struck = (node: string) => caseOn(twoVpcsRaft, node, kill(node))

test.each([
  ['both gateways of a VPC', 'nat-gw-a-1', 'nat-gw-a-2', false],
  ['a gateway of each VPC', 'nat-gw-a-1', 'nat-gw-b-1', true],
  ['a gateway and its chassis', 'nat-gw-a-1', 'chassis-1', false],
  ['a workload and its chassis', 'vpc-a-web-1', 'chassis-1', false],
  ['two chassis', 'chassis-1', 'chassis-3', false],
  ['two central nodes', 'central-1', 'central-2', false],
  ['a central node and a gateway, which it would have to replace', 'central-1', 'nat-gw-a-1', false],
  ['a central node and a workload', 'central-1', 'vpc-a-web-1', true],
])('%s at once: %s, %s: %s', (_, a, b, together) => {
  expect(mayOverlap(struck(a), struck(b))).toBe(together)
})

test('what is drawn is the same for the same seed, and in the end of every kind', () => {
  const kinds = kindsOn(twoVpcs)
  const drawn = () => {
    const chance = chanceOf('x')('random faults')
    return Array.from({ length: 500 }, () => draw(kinds, chance))
  }
  expect(drawn().map(({ fault }) => fault.name)).toEqual(drawn().map(({ fault }) => fault.name))
  expect(new Set(drawn().map(({ kind }) => kind))).toEqual(new Set(kinds.map(({ kind }) => kind)))
})

test('a gateway that a static route leads to has nobody to stand in for its uplink', () => {
  const struck = catalogue.flatMap((entry) => entry.cases(twoVpcsStaticEgress)).flatMap(({ fault }) => fault.targets)
  expect(struck.filter((node) => node.startsWith('nat-gw-a'))).toEqual([])
  expect(struck).toContain('nat-gw-b-1')
})

test('a topology that survives nothing is refused', () => {
  expect(() => draw(kindsOn(twoVpcs, []), chanceOf('x')('y'))).toThrow('nothing to choose from')
})

test('a row of the NB changes while every chassis is there to hear of it', () => {
  const kinds = kindsOn(twoVpcs)
  const casesOf = (kind: string) => kinds.find((each) => each.kind === kind)?.cases ?? []
  const deaf = casesOf('freeze of ovn-controller')
  expect(deaf).toHaveLength(3)
  for (const row of [...casesOf('wrong address of a port'), ...casesOf('loss of an ACL that denies')])
    expect(deaf.filter((each) => mayOverlap(row, each)).map(({ fault }) => fault.name)).toEqual([])
})
