// OVSDB's values (RFC 7047 §5.1) as plain data, by what the schema says a column is; and what a change of
// a row comes to (ovsdb-server(7), update2).

export type Value =
  | string
  | number
  | boolean
  | null
  | readonly (string | number | boolean)[]
  | Readonly<Record<string, string>>
export type Row = Readonly<Record<string, Value>>

/** One value or none, any number of them, or a map; and what it is in a row that is told without it (ovsdb-server(7)). */
export type Kind = { readonly holds: 'one' | 'set' | 'map'; readonly unsaid: Value }

const UNSAID: Readonly<Record<string, Value>> = { integer: 0, real: 0, boolean: false, string: '' }

/** What a column's <type> in a schema is. */
export function columnKind(type: unknown): Kind {
  const base = (of: unknown) => UNSAID[String(typeof of === 'string' ? of : (of as { type?: unknown }).type)] ?? null
  if (typeof type === 'string') return { holds: 'one', unsaid: base(type) }
  const {
    key,
    value,
    min = 1,
    max = 1,
  } = type as { key: unknown; value?: unknown; min?: number; max?: number | string }
  if (value !== undefined) return { holds: 'map', unsaid: {} }
  if (max !== 1) return { holds: 'set', unsaid: [] }
  return { holds: 'one', unsaid: min === 0 ? null : base(key) }
}

type Atom = string | number | boolean
const atom = (value: unknown): Atom => (Array.isArray(value) ? String(value[1]) : (value as Atom))

const list = (value: unknown): Atom[] =>
  Array.isArray(value) && value[0] === 'set' ? (value[1] as unknown[]).map(atom) : [atom(value)]

const record = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    (value as [string, [unknown, unknown][]])[1].map(([key, of]) => [String(atom(key)), String(atom(of))]),
  )

function plain(value: unknown, { holds }: Kind): Value {
  if (holds === 'map') return record(value)
  const all = list(value)
  return holds === 'set' ? all : (all[0] ?? null)
}

/** What a column becomes: a set has elements added or taken away, a map pairs set or, said again as they are, taken away. */
function changed(before: Value | undefined, change: unknown, kind: Kind): Value {
  if (kind.holds === 'one') return plain(change, kind)
  if (kind.holds === 'set') {
    const now = new Set(before as readonly Atom[] | undefined)
    for (const each of list(change)) if (!now.delete(each)) now.add(each)
    return [...now]
  }
  const now: Record<string, string> = { ...(before as Readonly<Record<string, string>> | undefined) }
  for (const [key, of] of Object.entries(record(change))) {
    if (now[key] === of) delete now[key]
    else now[key] = of
  }
  return now
}

type Update2 = {
  readonly initial?: object
  readonly insert?: object
  readonly modify?: object
  readonly delete?: unknown
}

/** A row after an update; none when it is gone. */
export function taken(
  before: Row | undefined,
  update: Update2,
  kinds: Readonly<Record<string, Kind>>,
): Row | undefined {
  const whole = update.initial ?? update.insert
  // A row that is told whole leaves out the columns that have their type's default.
  if (whole) {
    const told = whole as Readonly<Record<string, unknown>>
    return Object.fromEntries(
      Object.entries(kinds).map(([column, kind]) => [column, column in told ? plain(told[column], kind) : kind.unsaid]),
    )
  }
  if (!update.modify) return undefined
  const changes = Object.entries(update.modify as Readonly<Record<string, unknown>>)
  return {
    ...before,
    ...Object.fromEntries(
      changes.map(([column, change]) => [
        column,
        changed(before?.[column], change, kinds[column] ?? { holds: 'one', unsaid: null }),
      ]),
    ),
  }
}

export const text = (value: Value | undefined): string => (value === null || value === undefined ? '' : String(value))
export const number = (value: Value | undefined): number | undefined =>
  value === null || value === undefined || value === '' ? undefined : Number(value)
export const many = (value: Value | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
export const map = (value: Value | undefined): Readonly<Record<string, string>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, string>>)
    : {}
