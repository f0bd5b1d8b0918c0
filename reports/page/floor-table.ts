// The noise floor: what the instrument saw in each direction before any fault.

import { human } from '../../lab/time.ts'
import type { FloorRow } from '../floors.ts'
import { lengthText } from '../floors.ts'
import { type Html, html } from './html.ts'
import { type Column, group, table } from './table.ts'

const COLUMNS: readonly Column[] = [
  'Direction',
  ...['Control run', 'Longest gap', 'Lost', 'Duplicated', 'Reordered', 'Delay p99', 'Delay max'].map((number) => ({
    number,
  })),
]

function row(floor: FloorRow): Html {
  if (!('control' in floor))
    return html`<tr><td>${floor.direction}</td><td class="quiet" colspan="${COLUMNS.length - 1}">${floor.because}</td></tr>`
  const { longestGapNs, lost, duplicated, reordered, delayP99Ns, delayMaxNs } = floor.control
  const cells = [
    ...[lengthText(floor.control), human(longestGapNs), lost, duplicated, reordered],
    ...[human(delayP99Ns), human(delayMaxNs)],
  ]
  return html`<tr><td>${floor.direction}</td>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`
}

/** None where no flow was sent. */
export function floorSection(floors: readonly FloorRow[]): Html | undefined {
  if (floors.length === 0) return undefined
  const flows = Map.groupBy(floors, ({ flow }) => flow)
  const groups = [...flows].map(([flow, rows]) => group(flow, COLUMNS.length, rows.map(row)))
  return html`<section id="floor"><h2>Noise floor</h2>
${table('Noise floor', COLUMNS, groups)}
<p class="quiet">What the instrument itself saw on this machine while no fault was in force: from each flow's first probe to the first fault, or to its end. An outage shorter than the longest gap cannot be told from nothing, so a claim of less is undecided. Below 5 s a control run is called short (RFC 6412, section 3.7.5); below 1 s it carries no claim.</p></section>`
}
