// What came of many faults, by kind.

import { human } from '../../lab/time.ts'
import { percentile } from '../statistics.ts'
import { type Column, table } from '../table.ts'
import type { Once } from './once.ts'

/** '120ms to 4.10s, median 310ms'; a dash for none. */
const spread = (values: readonly (number | undefined)[]): string => {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return '–'
  return `${human(percentile(known, 0.5))} / ${human(Math.max(...known))}`
}

const COLUMNS: readonly Column[] = [
  { title: 'kind' },
  { title: 'faults', right: true },
  { title: 'wrong', right: true },
  { title: 'to bite, median / most', right: true },
  { title: 'healed to served', right: true },
  { title: 'served to steady', right: true },
]

/** A row for each kind, most often struck first, and one for all. */
export function byKind(all: readonly Once[]): string {
  const kinds = [...Map.groupBy(all, ({ kind }) => kind)].sort(([, a], [, b]) => b.length - a.length)
  const line = (kind: string, those: readonly Once[]) => [
    kind,
    String(those.length),
    String(those.filter(({ wrong }) => wrong !== undefined).length),
    spread(those.map(({ bitNs }) => bitNs)),
    spread(those.map(({ servedNs }) => servedNs)),
    spread(those.map(({ steadyNs }) => steadyNs)),
  ]
  return table(COLUMNS, [...kinds.map(([kind, those]) => line(kind, those)), line('all', all)])
}
