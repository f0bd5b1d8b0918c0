import { expect, test } from 'vitest'
import type { OvnEvent } from '../events.ts'
import { apply, plain, type Tables } from './southbound.ts'

const a = '7d1f29c0-0000-4000-8000-000000000001'
const b = '7d1f29c0-0000-4000-8000-000000000002'

test.each([
  ['a number', 7, 7],
  ['a text', 'cr-lrp-vpc-a-nat', 'cr-lrp-vpc-a-nat'],
  ['a uuid', ['uuid', a], a],
  ['a set of none', ['set', []], null],
  ['a set of one', ['set', [['uuid', a]]], a],
  ['a set of two', ['set', ['x', 'y']], ['x', 'y']],
  [
    'a map',
    [
      'map',
      [
        ['name', 'lr-vpc-a'],
        ['logical-router', ['uuid', b]],
      ],
    ],
    { name: 'lr-vpc-a', 'logical-router': b },
  ],
  ['an empty map', ['map', []], {}],
])('%s becomes plain', (_, value, expected) => {
  expect(plain(value)).toEqual(expected)
})

function copying() {
  const copy: Tables = new Map()
  const told: OvnEvent[] = []
  return {
    copy,
    told,
    take: (updates: Parameters<typeof apply>[0]) => apply(updates, copy, (event) => told.push(event)),
  }
}

test('a row comes, changes and goes; each time it is told as it is, or as it last was', () => {
  const { copy, told, take } = copying()
  const row = (chassis: unknown) => ({ logical_port: 'nat-gw-a-1', chassis })
  take({ Port_Binding: { [a]: { new: row(['set', []]) } } })
  take({ Port_Binding: { [a]: { old: { chassis: ['set', []] }, new: row(['uuid', b]) } } })
  expect(copy.get('Port_Binding')?.get(a)).toEqual({ _uuid: a, logical_port: 'nat-gw-a-1', chassis: b })
  take({ Port_Binding: { [a]: { old: row(['uuid', b]) } } })
  expect(copy.get('Port_Binding')?.size).toBe(0)
  expect(told.map(({ action, row }) => [action, row.chassis])).toEqual([
    ['insert', null],
    ['new', b],
    ['delete', b],
  ])
})

test('tables of one update are kept apart', () => {
  const { copy, take } = copying()
  take({
    Chassis: { [a]: { new: { name: 'chassis-1' } } },
    Learned_Route: { [b]: { new: { nexthop: '10.0.255.254' } } },
  })
  expect([...copy].map(([table, rows]) => [table, [...rows.keys()]])).toEqual([
    ['Chassis', [a]],
    ['Learned_Route', [b]],
  ])
})

test('a row that goes without ever having been there is told by its id', () => {
  const { told, take } = copying()
  take({ Chassis: { [a]: { old: { name: 'chassis-1' } } } })
  expect(told).toEqual([{ kind: 'ovn', table: 'Chassis', action: 'delete', row: { _uuid: a } }])
})
