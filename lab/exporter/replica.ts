// Rows of a database, followed live (ovsdb-server(7), monitor_cond): a scrape looks at the copy here and
// asks the server only whether it lives.

import { columnKind, type Kind, type Row, taken } from './rows.ts'
import { connect, type Rpc, type Tls } from './rpc.ts'

export type Wanted = {
  /** 'OVN_Southbound' */
  readonly database: string
  /** By table, the columns. What this version's schema has not is left out. */
  readonly tables: Readonly<Record<string, readonly string[]>>
  /**
   * By table, which of its rows (RFC 7047 §5.1, <condition>), as the rows of all other tables say; tables that it does
   * not name are followed whole. Always names the same tables, and only columns that are followed.
   *
   * Of a column that is not, ovsdb-server 3.5.0 dies (SIGSEGV in ovsdb_atom_hash): it adds it to what all clients with
   * the same columns share, and looks for it in changes that it noted before. It takes a change and a new client in one
   * turn of its loop: some ten thousand clients, or one unlucky chassis. Nobody's exporter may cost an operator the SB.
   *
   * When it becomes another condition, all is followed anew, on another connection, not by monitor_cond_change.
   */
  readonly where?: (rows: Replica['rows']) => Readonly<Record<string, readonly unknown[]>>
}

export type Change = { readonly table: string; readonly uuid: string; readonly before?: Row; readonly after?: Row }

export type Replica = {
  readonly rows: (table: string) => ReadonlyMap<string, Row>
  /** '20.41.0'; empty before it was connected. */
  readonly version: () => string
  /** Connects where it is not, and proves that the server answers. Rejects with why it does not. */
  readonly touch: (signal: AbortSignal) => Promise<void>
}

type Update2 = {
  readonly initial?: object
  readonly insert?: object
  readonly modify?: object
  readonly delete?: unknown
}
type Updates = Readonly<Record<string, Readonly<Record<string, Update2>>>>
type Schema = {
  readonly version: string
  readonly tables: Readonly<Record<string, { readonly columns: Readonly<Record<string, { readonly type: unknown }>> }>>
}

const SERVER = '_Server'

/** For one remote of several: the next one may answer. */
const PATIENCE_MS = 1000

/** Follows these rows at the first of the remotes that answers, and at another when that goes or is cut off from its cluster. */
export function replica(
  remotes: () => readonly string[],
  { database, tables, where = () => ({}) }: Wanted,
  { tls, onChange }: { readonly tls?: Tls; readonly onChange?: (change: Change) => void } = {},
): Replica {
  const rows: Replica['rows'] = (table) => copy.get(table) ?? new Map()
  let copy = new Map<string, Map<string, Row>>()
  let kinds: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {}
  let version = ''
  let rpc: Rpc | undefined
  let fresh = false
  let inForce = ''

  const take = (updates: Updates) => {
    for (const [table, rows] of Object.entries(updates)) {
      const there = copy.get(table) ?? new Map<string, Row>()
      copy.set(table, there)
      for (const [uuid, update] of Object.entries(rows)) {
        const before = there.get(uuid)
        const after = taken(before, update, kinds[table] ?? {})
        if (after) there.set(uuid, after)
        else there.delete(uuid)
        if (!fresh) onChange?.({ table, uuid, ...(before && { before }), ...(after && { after }) })
      }
    }
  }
  const tellChanges = (earlier: ReadonlyMap<string, ReadonlyMap<string, Row>>) => {
    for (const table of Object.keys(tables)) {
      const [was, is] = [earlier.get(table) ?? new Map<string, Row>(), copy.get(table) ?? new Map<string, Row>()]
      for (const uuid of new Set([...was.keys(), ...is.keys()])) {
        const [before, after] = [was.get(uuid), is.get(uuid)]
        onChange?.({ table, uuid, ...(before && { before }), ...(after && { after }) })
      }
    }
  }
  const cutOff = (updates: Updates) =>
    Object.values(updates.Database ?? {}).some(
      ({ initial, insert, modify }) => ((initial ?? insert ?? modify) as { connected?: unknown })?.connected === false,
    )

  const follow = async (remote: string, signal: AbortSignal): Promise<Rpc> => {
    let mine: Rpc | undefined
    // What is told in one breath with the rows themselves comes before they are taken.
    let early: Updates[] | undefined = []
    const onNotice = (method: string, [id, told]: readonly unknown[]) => {
      const updates = told as Updates
      if (method !== 'update2') return
      if (id === SERVER) return cutOff(updates) ? mine?.close('it is cut off from its cluster') : undefined
      if (early) early.push(updates)
      else take(updates)
    }
    const opened = await connect(remote, signal, { ...(tls && { tls }), onNotice })
    mine = opened
    const giveUp = () => opened.close('no answer')
    signal.addEventListener('abort', giveUp)
    try {
      const schema = (await opened.ask('get_schema', [database])) as Schema
      const known = (table: string) => schema.tables[table]?.columns ?? {}
      kinds = Object.fromEntries(
        Object.entries(tables).map(([table, columns]) => [
          table,
          Object.fromEntries(
            columns.filter((each) => each in known(table)).map((each) => [each, columnKind(known(table)[each]?.type)]),
          ),
        ]),
      )
      version = schema.version
      const request = (table: string, condition?: readonly unknown[]) => {
        const columns = Object.keys(kinds[table] ?? {})
        const stray = condition?.find((clause) => Array.isArray(clause) && !columns.includes(clause[0]))
        if (stray) throw new Error(`${table}: a condition on what is not followed: ${JSON.stringify(stray)}`)
        return [table, [{ columns, ...(condition && { where: condition }) }]]
      }
      const there = Object.keys(tables).filter((table) => table in schema.tables)
      const of = [['name', '==', database]]
      const server = await opened.ask('monitor_cond', [
        SERVER,
        SERVER,
        { Database: [{ columns: ['connected'], where: of }] },
      ])
      if (cutOff(server as Updates)) throw new Error(`${remote}: it is cut off from its cluster`)
      const ask = async (id: string, requests: readonly unknown[][]) =>
        (await opened.ask('monitor_cond', [database, id, Object.fromEntries(requests)])) as Updates
      const some = Object.keys(where(() => new Map()))
      const whole = there.filter((table) => !some.includes(table)).map((table) => request(table))
      const all = await ask(database, whole)
      const earlier = copy
      copy = new Map()
      fresh = true
      take(all)
      const conditions = where(rows)
      const limited = there.filter((table) => some.includes(table)).map((table) => request(table, conditions[table]))
      if (limited.length > 0) take(await ask(`${database}, in part`, limited))
      inForce = JSON.stringify(conditions)
      fresh = false
      // What has changed while nobody was followed is a change all the same, told late.
      if (earlier.size > 0) tellChanges(earlier)
      for (const updates of early) take(updates)
      early = undefined
      return opened
    } catch (error) {
      opened.close('not followed')
      throw error
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  return {
    rows,
    version: () => version,
    touch: async (signal) => {
      if (rpc?.open()) {
        const now = rpc
        const giveUp = () => now.close('no answer')
        signal.addEventListener('abort', giveUp)
        await now.ask('echo', []).finally(() => signal.removeEventListener('abort', giveUp))
        if (JSON.stringify(where(rows)) === inForce) return
        now.close('other rows are wanted')
      }
      const refused: string[] = []
      for (const remote of remotes()) {
        try {
          rpc = await follow(remote, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]))
          return
        } catch (error) {
          refused.push((error as Error).message)
        }
      }
      throw new Error(refused.join('; ') || `${database}: nobody said where it is`)
    },
  }
}
