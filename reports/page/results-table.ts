// Initial and reversion event of each fault side by side, as RFC 6413 (section 7) has them reported.

import type { Direction } from '../../lab/events.ts'
import type { ConvergenceEvent } from '../../lab/measures/result.ts'
import { human } from '../../lab/time.ts'
import { since, span } from '../describe.ts'
import { eventful, type Row } from '../measures.ts'
import { type Told, toldConvergence, toldSwitchover } from '../words.ts'
import { type Html, html } from './html.ts'
import { type Column, group, table } from './table.ts'

/** Length of an outage, also where nothing was lost and only its bound is known. */
function outage({ outage: lost, figures }: Row): Told {
  if (!lost) return [`0ms ± ${human((figures.loss_of_connectivity_period_resolution_ms ?? 0) * 1e6)}`]
  const { highNs, ...estimate } = lost
  return highNs === undefined ? [span(estimate)] : [span(estimate), `up to ${human(highNs)}`]
}

const spread = (...values: readonly number[]): Told => [values.map((ns) => human(ns)).join(' / ')]

const sometimes = <T>(value: T | undefined, tell: (value: T) => Told): Told | undefined =>
  value === undefined ? undefined : tell(value)

type Figure = readonly [name: string, source: string, tell: (row: Row) => Told | undefined]

/** A loss is instant if no probe sent more than a gap after the event passed. Half a gap is its bound, and it is told from the middle. */
const INSTANT = 3

const FIGURES: readonly Figure[] = [
  ['packets offered', '', ({ counts }) => [String(counts.sent)]],
  ['connectivity packet loss', 'RFC 6412 §3.7.3', ({ lost }) => [String(lost)]],
  ['excess forwarding delay', 'RFC 6412 §3.8.1', ({ counts }) => [String(counts.late)]],
  ['duplicated', 'RFC 6412 §3.8.1', ({ counts }) => [String(counts.duplicated ?? 'unknown')]],
  ['out of order', 'RFC 4737 §3.3', ({ counts }) => [String(counts.reordered)]],
  ['loss of connectivity period', 'RFC 6412 §3.6.5', outage],
  [
    'of all flows: min / median / max / average',
    'RFC 6413 §7',
    ({ routes }) => sometimes(routes, ({ min, median, max, average }) => spread(min, median, max, average)),
  ],
  ['loss periods', 'RFC 3357', ({ periods }) => [String(periods)]],
  [
    'loss distance min / median / max',
    'RFC 3357, in packets',
    ({ lossDistance }) => sometimes(lossDistance, ({ min, p50, max }) => [`${min} / ${p50} / ${max}`]),
  ],
  [
    'instant traffic loss',
    'RFC 6413 §4.1',
    ({ impaired }) => sometimes(impaired, ({ ns, boundNs }) => [ns <= INSTANT * boundNs ? 'yes' : 'no']),
  ],
  ['first impaired packet', 'from the event', ({ impaired }) => sometimes(impaired, (each) => [since(each)])],
  [
    'recovery',
    'from the event',
    ({ recovered }) => sometimes(recovered, (each) => [each.open ? 'not seen' : since(each)]),
  ],
  ['full convergence time', 'RFC 6412 §3.6.1', ({ convergence }) => sometimes(convergence, toldConvergence)],
  ['first route convergence time', 'RFC 6412 §3.6.2', ({ firstRoute }) => sometimes(firstRoute, toldConvergence)],
  ['failover or reversion time', 'RFC 6414, by time stamps', ({ switchover }) => sometimes(switchover, toldSwitchover)],
  [
    'additive backup delay',
    'RFC 6414, medians',
    ({ backupDelay }) => sometimes(backupDelay, ({ ns, boundNs }) => [`${human(ns)} ± ${human(boundNs)}`]),
  ],
  [
    'one-way delay min / median / p99 / max',
    'RFC 7679',
    ({ delay }) => sometimes(delay, ({ min, p50, p99, max }) => spread(min, p50, p99, max)),
  ],
  [
    'delay variation min / max / p99 of its size',
    'RFC 3393, consecutive packets',
    ({ ipdv }) => sometimes(ipdv, ({ min, max, absP99 }) => spread(min, max, absP99)),
  ],
]

const EVENTS: readonly ConvergenceEvent[] = ['initial', 'reversion']
const DIRECTIONS: readonly Direction[] = ['forward', 'reverse']
const COLUMNS: readonly Column[] = [
  'Figure',
  ...DIRECTIONS.flatMap((direction) => EVENTS.map((event) => ({ number: `${direction}, ${event}` }))),
]

/** Where a fault struck more than once, the time that cost most. */
const worstOf = (rows: readonly Row[]): Row | undefined =>
  rows.toSorted((a, b) => (b.outage?.ns ?? 0) - (a.outage?.ns ?? 0))[0]

const cell = (told: Told | undefined): Html =>
  html`<td class="figure">${told?.[0] ?? '–'}${told?.[1] && html`<div class="quiet">${told[1]}</div>`}</td>`

function figureRow([name, source, tell]: Figure, cells: readonly (Row | undefined)[]): Html[] {
  const told = cells.map((row) => row && tell(row))
  if (told.every((each) => each === undefined)) return []
  return [
    html`<tr><td class="named">${name}${source && html`<div class="quiet">${source}</div>`}</td>${told.map(cell)}</tr>\n`,
  ]
}

function flowRows(rows: readonly Row[]): Html[] {
  const cells = DIRECTIONS.flatMap((direction) =>
    EVENTS.map((event) => worstOf(rows.filter((row) => row.direction === direction && row.event === event))),
  )
  return FIGURES.flatMap((figure) => figureRow(figure, cells))
}

function faultTable(fault: string, rows: readonly Row[]): Html {
  const flows = [...Map.groupBy(rows, ({ flow }) => flow)].filter(([, its]) => its.some(eventful))
  const groups = flows.map(([flow, its]) => group(flow, COLUMNS.length, flowRows(its)))
  return html`<h3>${fault}: initial and reversion event</h3>
${table(`Initial and reversion event of ${fault}`, COLUMNS, groups)}`
}

/** None where no fault did anything to any flow. */
export function resultsSection(measures: readonly Row[]): Html | undefined {
  const faults = Map.groupBy(
    measures.filter(({ fault }) => fault !== undefined),
    ({ fault = '' }) => fault,
  )
  const hit = [...faults].filter(([, rows]) => rows.some(eventful))
  if (hit.length === 0) return undefined
  return html`<section id="results"><h2>Initial and reversion events</h2>
${hit.map(([fault, rows]) => faultTable(fault, rows))}
<p class="quiet">Of flows that something happened to. Of a stream of several flows, counts are those of all and times those of the one that was cut off longest. Full convergence is rate-derived: from the event to the first sampling interval from which on every packet offered was forwarded unimpaired, for the validation time at least.</p></section>`
}
