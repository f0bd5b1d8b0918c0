// How a node's kernel came by a large table, as its watch counted it.

import type { History } from '../history.ts'
import { ofKind } from '../history.ts'
import { COUNTED } from '../watch/table.ts'

export type Count = { readonly atNs: number; readonly prefixes: number }

/** Every count of a node's kernel, in order, by the kernel's own stamps. */
export const countsAt = (history: Pick<History, 'events'>, node: string): readonly Count[] =>
  ofKind(history, 'line').flatMap(({ node: at, stream, line, atNs }) => {
    const [, , prefixes] = at === node && stream === 'kernel' ? (COUNTED.exec(line) ?? []) : []
    return prefixes === undefined ? [] : [{ atNs, prefixes: Number(prefixes) }]
  })
