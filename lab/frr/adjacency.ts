// What an ospfd that runs is asked and told, as bash text for a node's shell.

import { vtysh } from './start.ts'

/**
 * Tells ospfd these lines of configuration in one go; it exits non-zero and changes nothing further at the first
 * line that vtysh does not take. Unlike a question it does not give way: what it costs lies within a fault's bracket.
 */
export const configureOspf = (lines: readonly string[]): string =>
  `vtysh -d ospfd ${['configure terminal', ...lines].map((line) => `-c ${JSON.stringify(line)}`).join(' ')}`

/** Bash text that prints what `parseNeighbours` reads. */
export const askNeighbours = vtysh('ospfd', 'show ip ospf neighbor json')

export type Neighbour = {
  /** Its interface's address. */
  readonly address: string
  /** RFC 2328 §10.1: 'Full', 'Init', … */
  readonly state: string
}

type Said = { readonly neighbors?: Readonly<Record<string, readonly SaidNeighbour[]>> }
type SaidNeighbour = { readonly ifaceAddress?: string; readonly converged?: string }

/** Nothing where ospfd did not answer. */
export function parseNeighbours(text: string): readonly Neighbour[] | undefined {
  const from = text.indexOf('{')
  if (from < 0) return undefined
  const { neighbors = {} } = JSON.parse(text.slice(from)) as Said
  return Object.values(neighbors).flatMap((all) =>
    all.map(({ ifaceAddress = '', converged = '' }) => ({ address: ifaceAddress, state: converged })),
  )
}
