// What is wrong with a topology, and the line that says so.

export type Path = readonly PropertyKey[]

/** One thing wrong. */
export type Flaw = {
  /** The field, ['vpcs', 'a', 'workloads', 1, 'address']. */
  readonly at: Path
  /** What is wrong with it and what would be right, '10.0.1.10 is taken by …; 10.0.1.12 is free'. */
  readonly says: string
}

/** 'vpcs.a.workloads[1].address' */
export const written = (path: Path): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  )

const field = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined

const nameOf = (value: unknown): string | undefined => {
  const name = field(value, 'name')
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** The innermost thing with a name on a path, and how many keys lead to it; none lead to the topology. */
const innermost = (root: unknown, path: Path): { name: string; depth: number } => {
  let found = { name: '', depth: 0 }
  let value = root
  for (const [index, key] of path.entries()) {
    value = field(value, key)
    const name = nameOf(value)
    if (name) found = { name, depth: index + 1 }
  }
  return found
}

/** The thing that a path leads into, 'vpcs.a.workloads[1] vpc-a-web-2'; the path itself if nothing on it has a name. */
export const place = (root: unknown, path: Path): string => {
  const { name, depth } = innermost(root, path)
  if (depth === 0) return written(path)
  const keys = written(path.slice(0, depth))
  return keys === name ? keys : `${keys} ${name}`
}

/** 'two-vpcs: vpcs.a.workloads[1] vpc-a-web-2: address 10.0.1.10 is taken by …; 10.0.1.12 is free' */
export const line = (root: unknown, { at, says }: Flaw): string => {
  const { depth } = innermost(root, at)
  const where = depth === 0 ? '' : `${place(root, at)}: `
  const what = written(at.slice(depth))
  return `${nameOf(root) ?? 'topology'}: ${where}${what ? `${what} ` : ''}${says}`
}
