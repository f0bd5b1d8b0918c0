// What takes rows out of the NB and puts them back, as operations of one transaction (RFC 7047, section 5.2).

import type { Row } from '../../lab/ovn/southbound.ts'
import type { Operation } from '../../lab/ovn/transaction.ts'

/** A row that refers to the one in question, and by which column. */
export type Referrer = { readonly table: string; readonly column: string; readonly uuid: string }

/** A row as OVSDB gave it, with who refers to it. */
export type Found = {
  readonly table: string
  readonly uuid: string
  /** Values as they go over the wire. */
  readonly row: Row
  readonly referrers: readonly Referrer[]
}

/** Tables whose rows may be lost, and the columns that refer to them (ovn-nb(5)). */
export const REFERRING: Readonly<Record<string, readonly (readonly [table: string, column: string])[]>> = {
  ACL: [
    ['Port_Group', 'acls'],
    ['Logical_Switch', 'acls'],
  ],
  Logical_Router_Static_Route: [['Logical_Router', 'static_routes']],
  NAT: [['Logical_Router', 'nat']],
  Logical_Switch_Port: [
    ['Logical_Switch', 'ports'],
    ['Port_Group', 'ports'],
  ],
}

/** The UUIDs in a value of OVSDB's: one, or a set of them. */
export function uuidsIn(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  const [kind, content] = value as [string, unknown]
  if (kind === 'uuid') return [String(content)]
  return kind === 'set' ? (content as unknown[]).flatMap(uuidsIn) : []
}

/** The row without what is not its content: its identity, and the server's own count of versions. */
export const contentOf = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => column !== '_uuid' && column !== '_version'))

/** Whether two rows say the same; a set's members come in the order of their UUIDs, and so does a map's. */
export const sameContent = (a: Row, b: Row): boolean => {
  const text = (row: Row) => JSON.stringify(Object.entries(contentOf(row)).sort(([x], [y]) => (x < y ? -1 : 1)))
  return text(a) === text(b)
}

const byUuid = (uuid: string) => [['_uuid', '==', ['uuid', uuid]]]

const mutations = ({ uuid, referrers }: Found, mutator: 'insert' | 'delete'): Operation[] =>
  referrers.map((each) => ({
    op: 'mutate',
    table: each.table,
    where: byUuid(each.uuid),
    mutations: [[each.column, mutator, ['set', [['uuid', uuid]]]]],
  }))

/** Takes rows out of all that refer to them, and deletes them. */
export const losing = (found: readonly Found[]): Operation[] =>
  found.flatMap((each) => [...mutations(each, 'delete'), { op: 'delete', table: each.table, where: byUuid(each.uuid) }])

/**
 * Puts rows back where they were, under their own UUIDs (ovsdb-server(7), extension to "insert"): so that a
 * second time is refused as a whole.
 */
export const returning = (found: readonly Found[]): Operation[] =>
  found.flatMap((each) => [
    { op: 'insert', table: each.table, uuid: each.uuid, row: contentOf(each.row) },
    ...mutations(each, 'insert'),
  ])

/** Gives rows these values, each as `values` has them of it. */
export const updating = (found: readonly Found[], values: (row: Row) => Row): Operation[] =>
  found.map((each) => ({ op: 'update', table: each.table, where: byUuid(each.uuid), row: values(each.row) }))

/** A new number for the NB as it is then, which every chassis reports once it has installed it (ovn-nb(5), nb_cfg). */
export const NUMBERED: readonly Operation[] = [
  { op: 'mutate', table: 'NB_Global', where: [], mutations: [['nb_cfg', '+=', 1]] },
  { op: 'select', table: 'NB_Global', where: [], columns: ['nb_cfg'] },
]
