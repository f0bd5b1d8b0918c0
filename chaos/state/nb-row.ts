// A row of the NB that is lost or says something else, as after a slip of whoever writes it: an operator,
// or the network's controller above OVN.

import { LabError, ScenarioError } from '../../lab/errors.ts'
import { plain, type Row } from '../../lab/ovn/southbound.ts'
import { centralThatRuns, type Operation, type Result, transact, transactionText } from '../../lab/ovn/transaction.ts'
import type { Topology } from '../../lab/topology/types.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import type { Applied, Fault } from '../fault.ts'
import {
  contentOf,
  type Found,
  losing,
  NUMBERED,
  REFERRING,
  returning,
  sameContent,
  updating,
  uuidsIn,
} from './nb-operations.ts'

export type NbRow = {
  /** A noun phrase, 'loss of the ACL app-deny of vpc-a'. */
  readonly name: string
  readonly targets?: readonly string[]
  /** Whom it strikes, where only the topology tells. */
  readonly reach?: (topology: Topology) => readonly string[]
  /** Throws ScenarioError for what the topology has not. */
  readonly check?: Fault['check']
  /** 'ACL' (ovn-nb(5)). */
  readonly table: string
  /**
   * Which of its rows: one or several, all struck in one transaction. Sets of one are unwrapped, of none null.
   * `of`: the names of the rows that refer to it, 'lr-vpc-a' of a static route.
   */
  readonly where: (row: Row, of: readonly string[], topology: Topology) => boolean
  /** Deleted; or with these columns changed, each as it goes over the wire (RFC 7047, section 5.1). */
  readonly becomes: 'lost' | ((row: Row, topology: Topology) => Row)
  /** Evidence other than logical flows, for rows that none come of. */
  readonly effective?: Condition<Lab>
  readonly restored?: Condition<Lab>
}

const plainRow = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)]))
const uuidOf = ({ _uuid }: Row) => uuidsIn(_uuid)[0] ?? ''

/** The rows that are meant, with who refers to them. Throws LabError where the NB has none. */
async function find(lab: Lab, { name, table, where }: NbRow): Promise<readonly Found[]> {
  const referring = REFERRING[table] ?? []
  const selects = [
    { op: 'select', table, where: [] },
    ...referring.map(([parent, column]) => ({
      op: 'select',
      table: parent,
      where: [],
      columns: ['_uuid', 'name', column],
    })),
  ]
  const { results } = await transact(lab, 'nb', selects)
  const [rows = [], ...parents] = results.map((each) => each.rows ?? [])
  const found = rows.flatMap((row): Found[] => {
    const uuid = uuidOf(row)
    const theirs = referring.flatMap(([parent, column], i) =>
      (parents[i] ?? [])
        .filter((each) => uuidsIn(each[column]).includes(uuid))
        .map((each) => ({ table: parent, column, uuid: uuidOf(each), name: String(each.name) })),
    )
    const names = theirs.map((each) => each.name)
    return where(plainRow(row), names, lab.topology) ? [{ table, uuid, row, referrers: theirs }] : []
  })
  if (found.length > 0) return found
  throw new LabError(`${name}: the NB has no such row in ${table}`)
}

/** The logical flows that northd says come of these rows, each row's in one text: hints are the UUID's first digits. */
async function flowsOf(lab: Lab, found: readonly Found[]): Promise<readonly string[]> {
  const { results } = await transact(
    lab,
    'sb',
    found.map(({ uuid }) => ({
      op: 'select',
      table: 'Logical_Flow',
      where: [['external_ids', 'includes', ['map', [['stage-hint', uuid.slice(0, 8)]]]]],
      columns: ['pipeline', 'table_id', 'priority', 'match', 'actions'],
    })),
  )
  return results.map(({ rows = [] }) =>
    rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n'),
  )
}

/** Whether every chassis that runs has installed the NB of this number. */
async function installed(lab: Lab, number: number): Promise<readonly string[]> {
  const { results } = await transact(lab, 'sb', [
    { op: 'select', table: 'Chassis_Private', where: [], columns: ['name', 'nb_cfg'] },
  ])
  const reached = new Map((results[0]?.rows ?? []).map((row) => [String(row.name), Number(row.nb_cfg)]))
  return lab.topology.chassis
    .map(({ name }) => name)
    .filter((name) => lab.alive(name) && (reached.get(name) ?? 0) < number)
}

const numberIn = (results: readonly Result[]): number => Number(results.at(-1)?.rows?.[0]?.nb_cfg ?? 0)

/** Everything that a change of the NB was asked to do is done on every chassis. */
const everywhere = (number: () => number, done: Condition<Lab>): Condition<Lab> => ({
  name: `${done.name}, on every chassis`,
  look: async (lab) => {
    const late = await installed(lab, number())
    const { holds, saw } = await done.look(lab)
    return { holds: holds && late.length === 0, saw: late.length > 0 ? `${saw}, not yet on ${late.join(', ')}` : saw }
  },
})

const flowsChanged = (found: readonly Found[], before: readonly string[], lost: boolean): Condition<Lab> => ({
  name: `logical flows of ${found.length} rows ${lost ? 'to go' : 'to change'}`,
  look: async (lab) => {
    const now = await flowsOf(lab, found)
    const count = (texts: readonly string[]) => texts.join('\n').split('\n').filter(Boolean).length
    const changed = now.every((text, i) => before[i] !== '' && (lost ? text === '' : text !== before[i]))
    return { holds: changed, saw: `${count(now)} logical flows, ${count(before)} before` }
  },
})

/** Columns that OVN itself writes (ovn-nb(5)). */
const OWN_OF_OVN = ['up', 'hv_cfg']
const asWritten = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !OWN_OF_OVN.includes(column)))

const asBefore = (found: readonly Found[]): Condition<Lab> => ({
  name: `${found.length} rows of the NB to be as they were`,
  look: async (lab) => {
    const { results } = await transact(
      lab,
      'nb',
      found.map(({ table, uuid }) => ({ op: 'select', table, where: [['_uuid', '==', ['uuid', uuid]]] })),
    )
    const same = found.filter(({ row }, i) => {
      const [now] = results[i]?.rows ?? []
      return now && sameContent(asWritten(row), asWritten(now))
    })
    return { holds: same.length === found.length, saw: `${same.length} of ${found.length} rows as they were` }
  },
})

/**
 * Rows of the NB that are lost, or changed, in one transaction; healing puts back what they said, under the
 * same UUIDs. Proved by the logical flows that come of them, installed on every chassis that runs: rows from
 * which nothing follows do not bite. Throws ScenarioError for rows of a table that cannot be lost alone.
 */
export function nbRow(options: NbRow): Fault {
  const { name, targets = [], table, becomes, reach } = options
  const lost = becomes === 'lost'
  if (lost && !REFERRING[table])
    throw new ScenarioError(`${name}: rows of ${table} cannot be lost alone; take ${Object.keys(REFERRING).join(', ')}`)
  return {
    name,
    targets,
    ...(reach && { reach }),
    check: (lab) => options.check?.(lab),
    apply: async (lab): Promise<Applied> => {
      const found = await find(lab, options)
      const before = options.effective ? [] : await flowsOf(lab, found)
      const changed = (row: Row) => (lost ? row : becomes(plainRow(row), lab.topology))
      const forth = lost ? losing(found) : updating(found, changed)
      const columns = (row: Row, like: Row) =>
        Object.fromEntries(Object.keys(like).map((column) => [column, contentOf(row)[column]]))
      const back = lost ? returning(found) : updating(found, (row) => columns(row, changed(row)))
      await lab.armory?.arm(centralThatRuns(lab), transactionText(lab.topology, 'nb', [...back, ...NUMBERED]))
      let number = 0
      const write = async (operations: readonly Operation[]) => {
        const { results, bracket } = await transact(lab, 'nb', [...operations, ...NUMBERED])
        number = numberIn(results)
        return bracket
      }
      return {
        ...(reach && { targets: reach(lab.topology) }),
        bracket: await write(forth),
        effective: everywhere(() => number, options.effective ?? flowsChanged(found, before, lost)),
        heal: () => write(back),
        restored: everywhere(() => number, options.restored ?? asBefore(found)),
      }
    },
  }
}
