import { expect, test } from 'vitest'
import { columnKind, type Kind, taken } from './rows.ts'

const optional = { key: 'string', min: 0, max: 1 }
const kinds: Readonly<Record<string, Kind>> = {
  name: columnKind('string'),
  nb_cfg: columnKind({ key: { type: 'integer' } }),
  up: columnKind({ key: 'boolean', min: 0 }),
  chassis: columnKind({ key: { type: 'uuid', refTable: 'Chassis' }, min: 0, max: 1 }),
  mac: columnKind({ ...optional, max: 'unlimited' }),
  external_ids: columnKind({ key: 'string', value: 'string', min: 0, max: 'unlimited' }),
}

const row = taken(
  undefined,
  { initial: { name: 'x', mac: 'aa', external_ids: ['map', [['tenant', 'tenant-1']]] } },
  kinds,
)

test('a row that is told whole has what was not said at its default', () => {
  expect(row).toEqual({
    name: 'x',
    nb_cfg: 0,
    up: null,
    chassis: null,
    mac: ['aa'],
    external_ids: { tenant: 'tenant-1' },
  })
})

test.each<[string, object, object]>([
  ['one value becomes another', { nb_cfg: 7 }, { nb_cfg: 7 }],
  ['none becomes one', { chassis: ['uuid', 'c-1'] }, { chassis: 'c-1' }],
  ['one becomes none', { name: ['set', []] }, { name: null }],
  ['a set gains', { mac: 'bb' }, { mac: ['aa', 'bb'] }],
  ['a set loses what is said again, and gains', { mac: ['set', ['aa', 'bb']] }, { mac: ['bb'] }],
  [
    'a map gains a pair',
    { external_ids: ['map', [['vpc', 'vpc-a']]] },
    { external_ids: { tenant: 'tenant-1', vpc: 'vpc-a' } },
  ],
  [
    'a pair gets another value',
    { external_ids: ['map', [['tenant', 'tenant-2']]] },
    { external_ids: { tenant: 'tenant-2' } },
  ],
  ['a pair that is said again is gone', { external_ids: ['map', [['tenant', 'tenant-1']]] }, { external_ids: {} }],
])('%s', (_, modify, becomes) => {
  expect(taken(row, { modify }, kinds)).toEqual({ ...row, ...becomes })
})

test('a row that is gone is none', () => {
  expect(taken(row, { delete: null }, kinds)).toBeUndefined()
})
