// What the taps and clients saw besides loss: source addresses, paths, reachability.

import type { AttemptEvent, Event, FlowRecord } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import { stamp } from '../describe.ts'
import { faultWindows, phases } from '../windows.ts'
import { type Html, html } from './html.ts'

type Sighting = { readonly count: number; readonly firstNs: number; readonly lastNs: number }

const sightings = (record: FlowRecord, what: string, seen: readonly (Sighting & { readonly name: string })[]): Html[] =>
  seen.map(
    ({ name, count, firstNs, lastNs }) =>
      html`<tr><td>${record.flow}</td><td>${record.direction}</td><td>${what}</td><td class="mono">${name}</td><td class="num">${count}</td><td class="num">${stamp(firstNs)} … ${stamp(lastNs)}</td></tr>`,
  )

export function pathsSection(events: readonly Event[]): Html | undefined {
  const rows = ofKind({ events }, 'flow-record').flatMap((record) => [
    ...sightings(
      record,
      'source',
      record.sources.map((each) => ({ ...each, name: each.address })),
    ),
    ...sightings(
      record,
      'via',
      record.paths.map((each) => ({ ...each, name: each.via })),
    ),
  ])
  if (rows.length === 0) return undefined
  return html`<section id="paths"><h2>Sources and paths</h2><div class="scroll" tabindex="0" role="group" aria-label="Sources and paths"><table>
<thead><tr><th>Flow</th><th>Direction</th><th>Seen</th><th>What</th><th class="num">Probes</th><th class="num">First … last</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

const SIGNS = { answered: 'upheld', refused: 'undecided', silent: 'broken' } as const

/** Attempts as rows of who tried what, one column for each phase in which something was tried. */
export function reachSection(events: readonly Event[]): Html | undefined {
  const attempts = ofKind({ events }, 'attempt')
  if (attempts.length === 0) return undefined
  const tried = phases(faultWindows(events)).map(({ name, fromNs, toNs }) => ({
    name,
    attempts: attempts.filter(({ atNs }) => atNs >= fromNs && atNs < toNs),
  }))
  const columns = tried.filter((column) => column.attempts.length > 0)
  const path = ({ from, to, protocol, port }: AttemptEvent) =>
    `${from} → ${to} ${protocol}${port === undefined ? '' : `/${port}`}`
  const rows = [...new Set(attempts.map(path))].map((name) => {
    const cells = columns.map((column) => {
      const outcomes = column.attempts.filter((attempt) => path(attempt) === name)
      const last = outcomes.at(-1)
      return html`<td title="${last?.saw ?? ''}">${last ? html`<span class="${SIGNS[last.outcome]}">${last.outcome}</span>` : '–'}</td>`
    })
    return html`<tr><td>${name}</td>${cells}</tr>`
  })
  return html`<section id="reach"><h2>Reachability</h2><div class="scroll" tabindex="0" role="group" aria-label="Reachability"><table>
<thead><tr><th>From and to</th>${columns.map(({ name }) => html`<th>${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>
<p class="quiet">The last attempt of each phase.</p></section>`
}
