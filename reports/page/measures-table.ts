// The measures as a table: what each flow lost in each phase, with its resolution.

import { human } from '../../lab/time.ts'
import { type Span, since, span } from '../describe.ts'
import type { Row } from '../measures.ts'
import { type Html, html } from './html.ts'
import { type Column, group, table } from './table.ts'

const COLUMNS: readonly Column[] = [
  'Phase',
  'Direction',
  ...['Outage', 'Lost', 'Sent', 'Loss periods', 'First impaired', 'Recovered'].map((number) => ({ number })),
]

/** What outlasts its phase may have lost more than that phase sent, and is no share of it. */
const share = (lost: number, sent: number): string =>
  lost === 0 || lost > sent ? String(lost) : `${lost} (${((100 * lost) / sent).toPrecision(2)} %)`

/** The highest value below the estimate: beside it, it would widen the table past its page. */
function length({ highNs, ...estimate }: Span, flows: number): Html {
  return html`${span(estimate)}${highNs !== undefined && html`<div class="quiet">up to ${human(highNs)}</div>`}${flows > 1 && html`<div class="quiet">worst of ${flows} flows</div>`}`
}

function row(measure: Row): Html {
  const { flows, direction, phase, sent, lost, periods, outage, impaired, recovered } = measure
  return html`<tr><td class="whole">${phase}</td><td>${direction}</td>
<td class="${outage ? 'num hit' : 'num'}">${outage ? length(outage, flows) : '–'}</td>
<td class="num">${share(lost, sent)}</td><td class="num">${sent}</td>
<td class="num">${periods}</td>
<td class="num">${impaired ? since(impaired) : '–'}</td>
<td class="num">${recovered?.open ? 'not seen' : recovered ? since(recovered) : '–'}</td></tr>`
}

/** Where a flow has more rows than that, those that lost nothing are only counted. */
const MOST_ROWS = 8

function rowsOf(measures: readonly Row[]): Html[] {
  if (measures.length <= MOST_ROWS) return measures.map(row)
  const lossy = measures.filter(({ lost, outage }) => lost > 0 || outage)
  const rest = html`<tr><td class="quiet" colspan="${COLUMNS.length}">nothing lost in ${measures.length - lossy.length} more phases and directions</td></tr>`
  return [...lossy.map(row), rest]
}

export function measuresSection(measures: readonly Row[]): Html {
  if (measures.length === 0)
    return html`<section id="measures"><h2>Measures</h2><p class="quiet">No flow ran to its end, so nothing was measured.</p></section>`
  const flows = Map.groupBy(measures, ({ flow }) => flow)
  const groups = [...flows].map(([flow, rows]) => group(flow, COLUMNS.length, rowsOf(rows)))
  return html`<section id="measures"><h2>Measures</h2>
${table('Measures', COLUMNS, groups)}
<p class="quiet">Outage is the loss of connectivity period (RFC 6412, section 3.6.5): the sum of the loss periods that began in the phase or that its heal inherited. The truth lies within ±, as the taps at both ends of the path bound it; up to counts what stalls of the sender may hide. A lost probe counts where its loss period does. First impaired and recovered count from the instant that the fault took hold or let go.</p></section>`
}

/** For Allure, which draws CSV as a table: a column for each figure that some row has. */
export function measuresCsv(measures: readonly Row[]): string {
  const cell = (text: string | number) => `"${String(text).replaceAll('"', '""')}"`
  const names = [...new Set(measures.flatMap(({ figures }) => Object.keys(figures)))]
  const head = ['flow', 'direction', 'phase', 'event', ...names]
  const rows = measures.map(({ flow, direction, phase, event = '', figures }) => [
    ...[flow, direction, phase, event],
    ...names.map((name) => figures[name] ?? ''),
  ])
  return [head, ...rows].map((each) => each.map(cell).join(',')).join('\n')
}

/** The row with the longest outage, for lists of runs. */
export const worst = (measures: readonly Row[]): Row | undefined =>
  measures
    .filter(({ outage }) => outage)
    .sort((a, b) => (b.outage?.ns ?? 0) - (a.outage?.ns ?? 0))
    .at(0)
