// The merged timeline as a table that can be searched, and filtered by kind.

import type { Event } from '../../lab/events.ts'
import { describe, stamp } from '../describe.ts'
import { type Html, html } from './html.ts'

/** Beyond this a browser gets slow; history.jsonl has them all. */
const MOST = 4000

/** What people read first; the rest is evidence. Hidden at first. */
const HIDDEN: readonly string[] = ['generator', 'session']

/** Rows that were there when the monitor began say nothing about the run. */
const tells = (event: Event): boolean => {
  if (event.kind === 'ovn') return event.action !== 'initial' && event.action !== 'old'
  // Summed up in the section on traffic.
  if (['traffic-sample', 'transfer-sample', 'new-sessions', 'session-server'].includes(event.kind)) return false
  // The prober's own counts, which are there as `generator` too.
  return event.kind !== 'line' || event.stream !== ''
}

export function eventsSection(events: readonly Event[]): Html {
  const telling = events.filter(tells).sort((a, b) => a.atNs - b.atNs)
  const shown = telling.slice(0, MOST)
  const kinds = [...new Set(shown.map(({ kind }) => kind))].sort()
  const boxes = kinds.map(
    (kind) =>
      html`<label><input type="checkbox" value="${kind}"${HIDDEN.includes(kind) ? undefined : html` checked`}> ${kind} <span class="quiet">${shown.filter((event) => event.kind === kind).length}</span></label>`,
  )
  const rows = shown.map(
    (event) =>
      html`<tr data-kind="${event.kind}"${event.kind === 'fault' ? html` class="fault"` : undefined}><td class="num">${stamp(event.atNs)}</td><td>${event.source}</td><td>${event.kind}</td><td>${describe(event)}</td></tr>\n`,
  )
  const left = events.length - shown.length
  return html`<section id="events"><h2>Events</h2>
<form class="filter" role="search"><input type="search" aria-label="Search events" placeholder="Search events">${boxes}<output class="quiet"></output></form>
<div class="scroll events" tabindex="0" role="group" aria-label="Events"><table>
<thead><tr><th class="num">Time</th><th>Source</th><th>Kind</th><th>What</th></tr></thead><tbody>
${rows}</tbody></table></div>
${left > 0 && html`<p class="quiet">${left} more in history.jsonl, the prober's own lines among them${telling.length > MOST ? `, and events after ${stamp(shown.at(-1)?.atNs ?? 0)}` : ''}.</p>`}</section>`
}

/** Shows the rows whose kind is ticked and whose text has every word searched for. */
export const filterScript = `
const form = document.querySelector('form.filter'), rows = [...document.querySelectorAll('.events tbody tr')]
const texts = rows.map((row) => row.textContent.toLowerCase())
const apply = () => {
  const kinds = new Set([...form.querySelectorAll('[type=checkbox]:checked')].map((box) => box.value))
  const words = form.querySelector('[type=search]').value.toLowerCase().split(/\\s+/).filter(Boolean)
  let shown = 0
  rows.forEach((row, i) => {
    row.hidden = !(kinds.has(row.dataset.kind) && words.every((word) => texts[i].includes(word)))
    if (!row.hidden) shown++
  })
  form.querySelector('output').textContent = shown + ' of ' + rows.length
}
form.addEventListener('input', apply)
form.addEventListener('submit', (event) => event.preventDefault())
apply()
`
