// Rows of the NB and the SB as they are, read and changed in one transaction (RFC 7047, section 5.2).

import { LabError } from '../errors.ts'
import type { Bracket } from '../events.ts'
import { DATABASES, remote } from '../nodes/central.ts'
import { quote } from '../quote.ts'
import { centrals } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import type { DatabaseName } from './cluster.ts'
import type { Row } from './southbound.ts'

/** One operation of OVSDB's, as it goes over the wire. */
export type Operation = { readonly op: string } & Readonly<Record<string, unknown>>
export type Result = { readonly rows?: readonly Row[]; readonly count?: number; readonly error?: string }

/** Bash text of a transaction, for a central node; of a cluster it reaches whoever leads. Prints one result for each operation. */
export const transactionText = (topology: Topology, name: DatabaseName, operations: readonly Operation[]): string => {
  const database = DATABASES[name]
  const request = JSON.stringify([database.database, ...operations])
  return `ovsdb-client -t 5 transact ${remote(topology, database)} ${quote(request)}`
}

/** A central node that runs. Throws LabError where none does. */
export function centralThatRuns({ topology, alive }: Pick<Lab, 'topology' | 'alive'>): string {
  const found = centrals(topology).find(({ name }) => alive(name))
  if (found) return found.name
  throw new LabError('no central node runs that could take a transaction')
}

/** What an ovsdb-client(1) printed, result by result. Throws LabError for a transaction that was refused. */
export function resultsOf(out: string): readonly Result[] {
  const line = out.split('\n').find((each) => each.startsWith('['))
  if (!line)
    throw new LabError(`the database did not answer: ${out.trim().split('\n').at(-1) || 'nothing was printed'}`)
  const results = JSON.parse(line) as readonly (Result | null)[]
  const refused = results.find((each) => each?.error) as { error?: string; details?: string } | undefined
  if (refused)
    throw new LabError(`the database refused: ${refused.error}${refused.details ? `, ${refused.details}` : ''}`)
  return results.map((each) => each ?? {})
}

/** All of it or nothing. The bracket is around the client that asks: some milliseconds. Throws LabError when refused. */
export async function transact(
  lab: Lab,
  name: DatabaseName,
  operations: readonly Operation[],
): Promise<{ readonly results: readonly Result[]; readonly bracket: Bracket }> {
  const { out, bracket } = await lab.run(centralThatRuns(lab), transactionText(lab.topology, name, operations))
  return { results: resultsOf(out), bracket }
}
