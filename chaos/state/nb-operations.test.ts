// Rows go and come back under the same UUID, to whoever referred to them.

import { expect, test } from 'vitest'
import { type Found, losing, returning, sameContent, updating, uuidsIn } from './nb-operations.ts'

const acl: Found = {
  table: 'ACL',
  uuid: 'a1',
  row: { _uuid: ['uuid', 'a1'], _version: ['uuid', 'v1'], name: 'app-deny', priority: 1001, meter: ['set', []] },
  referrers: [{ table: 'Port_Group', column: 'acls', uuid: 'p1' }],
}

test('a row that is lost is taken from whoever refers to it', () => {
  expect(losing([acl])).toEqual([
    {
      op: 'mutate',
      table: 'Port_Group',
      where: [['_uuid', '==', ['uuid', 'p1']]],
      mutations: [['acls', 'delete', ['set', [['uuid', 'a1']]]]],
    },
    { op: 'delete', table: 'ACL', where: [['_uuid', '==', ['uuid', 'a1']]] },
  ])
})

test('it returns as it was, under its own UUID', () => {
  expect(returning([acl])).toEqual([
    { op: 'insert', table: 'ACL', uuid: 'a1', row: { name: 'app-deny', priority: 1001, meter: ['set', []] } },
    {
      op: 'mutate',
      table: 'Port_Group',
      where: [['_uuid', '==', ['uuid', 'p1']]],
      mutations: [['acls', 'insert', ['set', [['uuid', 'a1']]]]],
    },
  ])
})

test('a row that is changed has the columns that are given', () => {
  expect(updating([acl], (row) => ({ priority: Number(row.priority) + 1 }))).toEqual([
    { op: 'update', table: 'ACL', where: [['_uuid', '==', ['uuid', 'a1']]], row: { priority: 1002 } },
  ])
})

test.each([
  [['uuid', 'a'], ['a']],
  [
    [
      'set',
      [
        ['uuid', 'a'],
        ['uuid', 'b'],
      ],
    ],
    ['a', 'b'],
  ],
  [['set', []], []],
  ['app-deny', []],
])('the UUIDs in %j are %j', (value, uuids) => {
  expect(uuidsIn(value)).toEqual(uuids)
})

test('versions and the order of columns are no content, values are', () => {
  const { name, ...rest } = acl.row
  expect(sameContent(acl.row, { ...rest, name, _version: ['uuid', 'v2'] })).toBe(true)
  expect(sameContent(acl.row, { ...acl.row, priority: 1 })).toBe(false)
})
