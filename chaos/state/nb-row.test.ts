// A row that is lost is proved by what came of it, and comes back under its own UUID, on databases that are
// made for it: they answer select, delete, insert and update, and say that every chassis keeps up.

import { expect, test } from 'vitest'
import type { Row } from '../../lab/ovn/southbound.ts'
import type { Operation } from '../../lab/ovn/transaction.ts'
import { inject } from '../inject.ts'
import { madeLab } from '../made-lab.ts'
import { nbRow } from './nb-row.ts'

const acl = { _uuid: ['uuid', 'aaaaaaaa-1'], _version: ['uuid', 'v'], name: 'app-deny', priority: 1001 }

type Made = { readonly flowsFollow?: boolean; readonly reported?: number }

function withDatabases({ flowsFollow = true, reported = 99 }: Made = {}) {
  const made = madeLab()
  const rows = new Map<string, Row>([['aaaaaaaa-1', acl]])
  const groups = [{ _uuid: ['uuid', 'pg'], name: 'pg_app', acls: ['set', [['uuid', 'aaaaaaaa-1']]] }]
  let number = 0
  const answer = (operation: Operation) => {
    const { op, table } = operation
    const [[, , value] = []] = (operation.where ?? []) as [string, string, unknown][]
    const uuid = (value as [string, string] | undefined)?.[1] ?? ''
    if (table === 'NB_Global' && op === 'mutate') number += 1
    if (table === 'NB_Global') return { rows: [{ nb_cfg: number }] }
    if (table === 'Chassis_Private') return { rows: [{ name: 'chassis-1', nb_cfg: reported }] }
    if (table === 'Port_Group') return op === 'select' ? { rows: groups } : { count: 1 }
    if (table === 'Logical_Switch') return { rows: [] }
    if (table === 'Logical_Flow') return { rows: !flowsFollow || rows.has('aaaaaaaa-1') ? [{ match: 'ip4' }] : [] }
    if (op === 'delete') rows.delete(uuid)
    if (op === 'insert')
      rows.set(String(operation.uuid), { _uuid: ['uuid', operation.uuid], ...(operation.row as Row) })
    if (op === 'update') rows.set(uuid, { ...rows.get(uuid), ...(operation.row as Row) })
    return op === 'select' ? { rows: [...rows.values()] } : { count: 1 }
  }
  const run = async (_: string, command: string) => {
    const request = /transact \S+ '(.*)'$/.exec(command)?.[1] ?? '[]'
    const [, ...operations] = JSON.parse(request) as [string, ...Operation[]]
    const now = made.history.now()
    return { out: JSON.stringify(operations.map(answer)), exit: 0, bracket: { fromNs: now, toNs: now } }
  }
  return { ...made, rows, lab: { ...made.lab, run, alive: () => true } }
}

const loss = nbRow({
  name: 'loss of the ACL app-deny',
  table: 'ACL',
  where: (row, of) => row.name === 'app-deny' && of.includes('pg_app'),
  becomes: 'lost',
})
const soon = { effectiveWithin: '50ms' } as const

test('a lost row is gone, and comes back as it was', async () => {
  const { lab, rows, history } = withDatabases()
  const injected = await inject(lab, loss)
  expect([...rows]).toEqual([])
  expect(history.events.at(-1)).toMatchObject({ phase: 'effective', proof: '0 logical flows, 1 before' })
  await injected.heal()
  expect([...rows]).toEqual([['aaaaaaaa-1', { _uuid: ['uuid', 'aaaaaaaa-1'], name: 'app-deny', priority: 1001 }]])
})

test('a row that is changed has its old value again', async () => {
  const { lab, rows } = withDatabases()
  const injected = await inject(lab, {
    ...nbRow({
      name: 'wrong priority',
      table: 'ACL',
      where: () => true,
      becomes: () => ({ priority: 1 }),
      effective: { name: 'nothing', look: async () => ({ holds: true, saw: 'so it is' }) },
    }),
  })
  expect(rows.get('aaaaaaaa-1')).toMatchObject({ priority: 1 })
  await injected.heal()
  expect(rows.get('aaaaaaaa-1')).toMatchObject({ priority: 1001 })
})

test('where no logical flow goes with it, it did not bite, and the row is back', async () => {
  const { lab, rows } = withDatabases({ flowsFollow: false })
  await expect(inject(lab, loss, soon)).rejects.toThrow(/^invalid: loss of the ACL app-deny did not bite: /)
  expect(rows.size).toBe(1)
})

test('a chassis that has not installed it yet is named', async () => {
  const { lab } = withDatabases({ reported: 0 })
  const never = inject(lab, loss, { ...soon, restoredWithin: '50ms' })
  await expect(never).rejects.toThrow('last saw 1 of 1 rows as they were, not yet on chassis-1')
})

test('a row that is not there makes the run invalid, and nothing is touched', async () => {
  const { lab, rows } = withDatabases()
  const other = nbRow({ name: 'loss of another', table: 'ACL', where: () => false, becomes: 'lost' })
  await expect(inject(lab, other)).rejects.toThrow('loss of another: the NB has no such row in ACL')
  expect(rows.size).toBe(1)
})
