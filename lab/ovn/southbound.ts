// The SB's rows, live: one monitor of the database (RFC 7047 §4.1.5), a copy of its rows here, every
// change in the history. Conditions look at the copy, which costs nothing.

import type { Engine } from '../engine/client.ts'
import type { Container } from '../engine/container.ts'
import { frames } from '../engine/frames.ts'
import { follow } from '../engine/stream.ts'
import { LabError } from '../errors.ts'
import type { OvnEvent } from '../events.ts'
import type { History } from '../history.ts'
import { jsonStream } from './json-stream.ts'
import { LOGICAL_FLOW, LOGICAL_FLOW_REQUEST, logicalFlowChanges } from './logical-flows.ts'

export type Row = Readonly<Record<string, unknown>>
export type Tables = Map<string, Map<string, Row>>

export type Southbound = {
  /** The rows of a table now, each with its `_uuid`. */
  readonly rows: (table: string) => readonly Row[]
  /** Whether the rows are told as they change, not as they were when the SB's server went. */
  readonly live: () => boolean
  /** Resolves when nothing more will be told. */
  readonly ended: Promise<void>
  readonly close: () => void
}

/** What is worth following: who claims what, what was learned and announced, who lives. */
const FOLLOWED: Readonly<Record<string, readonly string[]>> = {
  Chassis: ['name', 'hostname'],
  Port_Binding: ['logical_port', 'chassis', 'up', 'type', 'datapath', 'tunnel_key'],
  Learned_Route: ['datapath', 'ip_prefix', 'nexthop', 'logical_port'],
  Advertised_Route: ['datapath', 'ip_prefix', 'logical_port'],
  Datapath_Binding: ['external_ids', 'tunnel_key'],
  BFD: ['logical_port', 'dst_ip', 'status'],
  Service_Monitor: ['logical_port', 'ip', 'port', 'protocol', 'status'],
}

/** An OVSDB value (RFC 7047 §5.1) as plain data: sets of one or none, UUIDs and maps unwrapped. */
export function plain(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  const [kind, content] = value as [string, unknown]
  if (kind === 'uuid') return content
  if (kind === 'map') return Object.fromEntries((content as [string, unknown][]).map(([k, v]) => [k, plain(v)]))
  if (kind !== 'set') return value
  const list = (content as unknown[]).map(plain)
  return list.length === 0 ? null : list.length === 1 ? list[0] : list
}

type Updates = Readonly<Record<string, Readonly<Record<string, { old?: Row; new?: Row }>>>>

const plainRow = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, plain(v)]))

/** Applies table updates to the copy and tells each change: rows as they are now, or were last. */
export function apply(updates: Updates, copy: Tables, tell: (event: OvnEvent) => void): void {
  for (const [table, changes] of Object.entries(updates)) {
    const rows = copy.get(table) ?? new Map<string, Row>()
    copy.set(table, rows)
    for (const [uuid, change] of Object.entries(changes)) {
      const before = rows.get(uuid)
      if (change.new) rows.set(uuid, { _uuid: uuid, ...plainRow(change.new) })
      else rows.delete(uuid)
      const action = change.new ? (before ? 'new' : 'insert') : 'delete'
      tell({ kind: 'ovn', table, action, row: rows.get(uuid) ?? before ?? { _uuid: uuid } })
    }
  }
}

/** What a server says of the databases it serves, in one of its own (ovsdb-server(5)). */
const SERVER = '_Server'

/** Whether a server's word on the SB is worth anything: a member cut off from its cluster serves what it last heard. */
const cutOff = ({ Database = {} }: Updates): boolean =>
  Object.values(Database).some(({ new: row }) => row?.name === 'OVN_Southbound' && row.connected === false)

/**
 * Follows the SB of a central node until closed, until its server goes, or until that is cut off from the
 * cluster that it is a member of. Rejects with LabError where one of these is so already.
 */
export async function followSouthbound(
  engine: Engine,
  central: Pick<Container, 'id'>,
  history: History,
): Promise<Southbound> {
  const copy: Tables = new Map()
  // An update has no time of its own. It is stamped where it comes out of the server, not where we read it.
  const following = await follow(engine, central, ['bash', '-c', 'socat - UNIX-CONNECT:/run/ovn/ovnsb_db.sock | stamp'])
  const answered = Promise.withResolvers<void>()
  let atNs: number | undefined
  const tell = (event: OvnEvent) => history.record('sb', event, atNs)
  const nameOf = (datapath: string) => {
    const ids = copy.get('Datapath_Binding')?.get(datapath)?.external_ids as Row | undefined
    return String(ids?.name ?? datapath)
  }
  const take = ({ [LOGICAL_FLOW]: rules, ...rows }: Updates) => {
    apply(rows, copy, tell)
    const changes = rules && logicalFlowChanges(rules, nameOf)
    if (changes) history.record('sb', { kind: 'flow-table', layer: 'logical', changes }, atNs)
  }
  const takeServer = (updates: Updates) => {
    if (!cutOff(updates)) return
    answered.reject(new LabError('the server is cut off from the cluster of the SB'))
    following.close()
  }
  const read = jsonStream((value) => {
    const message = value as { id?: unknown; method?: string; params?: unknown[]; result?: Updates; error?: unknown }
    const ofServer = message.id === SERVER || message.params?.[0] === SERVER
    if (message.method === 'echo')
      following.write(JSON.stringify({ id: message.id, result: message.params, error: null }))
    else if (message.method === 'update') (ofServer ? takeServer : take)(message.params?.[1] as Updates)
    else if (message.error)
      answered.reject(new LabError(`the SB refused to be followed: ${JSON.stringify(message.error)}`))
    else if (message.result && ofServer) takeServer(message.result)
    else if (message.result) {
      // What was there when the monitor began is no change.
      apply(message.result, copy, (event) => tell({ ...event, action: 'initial' }))
      answered.resolve()
    }
  })
  following.onData(
    frames((bytes, unixNs) => {
      atNs = history.at(unixNs)
      read(bytes)
    }),
  )
  const gone = () =>
    answered.reject(new LabError('the SB closed the monitor before it answered', { evidence: following.errors() }))
  void following.ended.then(gone)
  const rows = Object.entries(FOLLOWED).map(([table, columns]) => [table, { columns }])
  const requests = { ...Object.fromEntries(rows), [LOGICAL_FLOW]: LOGICAL_FLOW_REQUEST }
  const server = { Database: { columns: ['name', 'connected'] } }
  following.write(JSON.stringify({ id: SERVER, method: 'monitor', params: [SERVER, SERVER, server] }))
  following.write(JSON.stringify({ id: 1, method: 'monitor', params: ['OVN_Southbound', null, requests] }))
  await answered.promise
  let live = true
  void following.ended.then(() => {
    live = false
  })
  return {
    rows: (table) => [...(copy.get(table)?.values() ?? [])],
    live: () => live,
    ended: following.ended,
    close: following.close,
  }
}
