// What came of the kills, kill by kill and in one line.

import { human } from '../../lab/time.ts'
import { conclude } from '../bench.ts'
import { spread } from '../statistics.ts'
import { type Column, range, row } from '../table.ts'
import { GRACE_MS, type Kill } from './kill.ts'
import { tally } from './traces.ts'

export const COLUMNS: readonly Column[] = [
  { title: 'kill', width: 4, right: true },
  { title: 'of', width: 6 },
  { title: 'at', width: 6, right: true },
  { title: 'the lab, last', width: 60 },
  { title: 'containers', width: 10, right: true },
  { title: 'gone after', width: 10, right: true },
  { title: 'verdict' },
]

/** Traces that are told one by one; the rest in numbers. */
const MOST_TOLD = 8

const clip = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

export function tellKill(n: number, of: string, { atMs, was, containers, goneMs, left }: Kill): void {
  const gone = goneMs === undefined ? 'never' : human(goneMs * 1e6)
  const verdict = left.length === 0 ? 'nothing left' : `left ${tally(left)}`
  console.log(row(COLUMNS, [String(n), of, human(atMs * 1e6), clip(was, 60), String(containers), gone, verdict]))
  for (const { kind, what } of left.slice(0, MOST_TOLD)) console.log(`      ${kind} ${what}`)
  if (left.length > MOST_TOLD) console.log(`      and ${left.length - MOST_TOLD} more`)
}

/** Without one kill that met containers, nothing was proved. `sums`: how many kills of each kind left nothing. */
export function concludeKills(kills: readonly Kill[], sums: readonly string[], seed: number): boolean {
  const clean = kills.filter(({ left }) => left.length === 0)
  const met = kills.filter(({ containers }) => containers > 0)
  const goneNs = kills.flatMap(({ goneMs }) => (goneMs === undefined ? [] : [goneMs * 1e6]))
  const of = spread(goneNs)
  const when = goneNs.length > 0 ? `; gone after ${human(of.median)}, median, from ${range(of)}` : ''
  return conclude(
    met.length > 0 && clean.length === kills.length,
    `nothing left ${human(GRACE_MS * 1e6)} after any kill`,
    `${sums.join(', ')}; ${met.length} of ${kills.length} met containers${when}; seed ${seed}`,
  )
}
