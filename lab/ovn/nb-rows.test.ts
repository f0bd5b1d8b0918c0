import { expect, test } from 'vitest'
import { askNbRows, NB_SILENT, nbRowsIn } from './nb-rows.ts'

const asked = JSON.parse(askNbRows.slice(askNbRows.indexOf('['), askNbRows.lastIndexOf(']') + 1)) as { table: string }[]
const tables = asked.slice(1).map(({ table }) => table)
const answer = (of: Record<string, object[]>) => JSON.stringify(tables.map((table) => ({ rows: of[table] ?? [] })))

test('a row is told by its table and its columns, in one order, whoever it is', () => {
  const rows = { ACL: [{ priority: 1001, _uuid: ['uuid', 'a'], action: 'allow', _version: ['uuid', 'b'] }] }
  expect(nbRowsIn(answer(rows))).toEqual(['ACL action="allow" priority=1001'])
})

test('all tables are asked at once', () => {
  expect(tables).toContain('NAT')
  expect(new Set(tables).size).toBe(tables.length)
})

test('a database that says nothing is told so, and one that refuses is no evidence', () => {
  expect(nbRowsIn('')).toEqual([NB_SILENT])
  expect(() => nbRowsIn('[{"error":"unknown table"}]')).toThrow('the NB answered for Logical_Switch: unknown table')
})
