// What the taps saw besides loss: which source addresses arrived, and by which gateway.

import type { Event, FlowRecord } from '../../lab/events.ts'
import { stamp } from '../describe.ts'
import { finalRecords } from '../measures.ts'
import { type Html, html } from './html.ts'
import { group, table } from './table.ts'

function sightings({ direction, sources, paths }: FlowRecord): Html[] {
  const seen = [
    ...sources.map(({ address, ...rest }) => ({ what: 'source', name: address, ...rest })),
    ...paths.map(({ via, ...rest }) => ({ what: 'via', name: via, ...rest })),
  ]
  return seen.map(
    ({ what, name, count, firstNs, lastNs }) =>
      html`<tr><td>${direction}</td><td>${what}</td><td class="mono">${name}</td><td class="num">${count}</td><td class="num">${stamp(firstNs)} … ${stamp(lastNs)}</td></tr>`,
  )
}

export function pathsSection(events: readonly Event[]): Html | undefined {
  const flows = Map.groupBy(finalRecords(events), ({ flow }) => flow)
  const groups = [...flows].map(([flow, records]) => ({ flow, rows: records.flatMap(sightings) }))
  const told = groups.filter(({ rows }) => rows.length > 0)
  if (told.length === 0) return undefined
  const columns = ['Direction', 'Seen', 'What', { number: 'Probes' }, { number: 'First … last' }]
  return html`<section id="paths"><h2>Sources and paths</h2>
${table(
  'Sources and paths',
  columns,
  told.map(({ flow, rows }) => group(flow, columns.length, rows)),
)}</section>`
}
