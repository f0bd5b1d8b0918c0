// The rows of the NB that only the scenario or a fault can have changed, all of them in one question.

import { LabError } from '../errors.ts'
import { quote } from '../quote.ts'

/** Tables, and those of their columns that nobody but an operator writes; all where none are named. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  Logical_Switch: [],
  Logical_Switch_Port: ['name', 'type', 'addresses', 'port_security', 'enabled', 'options'],
  Logical_Router: [],
  Logical_Router_Port: [],
  Logical_Router_Static_Route: [],
  ACL: [],
  NAT: [],
  Port_Group: [],
  Gateway_Chassis: [],
  Load_Balancer: [],
  Load_Balancer_Health_Check: [],
  BFD: [],
}

const select = ([table, columns]: [string, readonly string[]]) => ({
  op: 'select',
  table,
  where: [],
  ...(columns.length > 0 && { columns }),
})

/** Bash text for central: one answer as RFC 7047 (section 5.2.2) has it. */
export const askNbRows = `ovsdb-client query unix:/run/ovn/ovnnb_db.sock ${quote(
  JSON.stringify(['OVN_Northbound', ...Object.entries(TABLES).map(select)]),
)}`

type Selected = { readonly rows?: readonly Readonly<Record<string, unknown>>[]; readonly error?: string }

/** In place of rows: of a database that says nothing nobody knows what it holds. */
export const NB_SILENT = 'the NB does not answer'

/** A line for each row, without what a row has by being another one. Throws LabError for what is no answer. */
export function nbRowsIn(answer: string): string[] {
  if (answer.trim() === '') return [NB_SILENT]
  const selected = JSON.parse(answer) as readonly Selected[]
  return Object.keys(TABLES).flatMap((table, index) => {
    const { rows, error } = selected[index] ?? {}
    if (!rows) throw new LabError(`the NB answered for ${table}: ${error ?? 'nothing'}`)
    return rows.map(({ _uuid, _version, ...row }) => {
      const columns = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))
      return `${table} ${columns.map(([column, value]) => `${column}=${JSON.stringify(value)}`).join(' ')}`
    })
  })
}
