// The measures as a table: what each flow lost in each phase, with its resolution.

import { human } from '../../lab/time.ts'
import { since, span } from '../describe.ts'
import type { Measure } from '../measures.ts'
import { type Html, html } from './html.ts'

const NONE = '–'

const share = (lost: number, sent: number): string =>
  lost === 0 ? '0' : `${lost} (${((100 * lost) / sent).toPrecision(2)} %)`

function row(measure: Measure): Html {
  const { direction, phase, sent, lost, periods, carriedOver, outage, impaired, recovered } = measure
  return html`<tr><td>${phase}</td><td>${direction}</td>
<td class="${outage ? 'num hit' : 'num'}">${outage ? span(outage) : NONE}</td><td class="num">${share(lost, sent)}</td><td class="num">${sent}</td>
<td class="num">${periods}${carriedOver && ' + 1 from before'}</td><td class="num">${impaired ? since(impaired) : NONE}</td>
<td class="num">${recovered?.open ? 'not seen' : recovered ? since(recovered) : NONE}</td></tr>`
}

export function measuresSection(measures: readonly Measure[]): Html {
  if (measures.length === 0)
    return html`<section id="measures"><h2>Measures</h2><p class="quiet">No flow ran to its end, so nothing was measured.</p></section>`
  const flows = Map.groupBy(measures, ({ flow }) => flow)
  const bodies = [...flows].map(
    ([flow, rows]) => html`<tbody><tr><th scope="rowgroup" colspan="8">${flow}</th></tr>${rows.map(row)}</tbody>`,
  )
  return html`<section id="measures"><h2>Measures</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Measures"><table>
<thead><tr><th>Phase</th><th>Direction</th><th class="num">Outage</th><th class="num">Lost</th><th class="num">Sent</th><th class="num">Loss periods</th><th class="num">First impaired</th><th class="num">Recovered</th></tr></thead>
${bodies}</table></div>
<p class="quiet">Outage is the longest loss period (RFC 3357); the true value lies within ± of it, as the taps at both ends of the path bound it. First impaired and recovered count from the strike or heal that the phase began with.</p></section>`
}

/** Text for Allure, which draws CSV as a table. */
export function measuresCsv(measures: readonly Measure[]): string {
  const cell = (text: string | number) => `"${String(text).replaceAll('"', '""')}"`
  const rows = measures.map(({ flow, direction, phase, sent, lost, periods, outage, impaired, recovered }) => [
    flow,
    direction,
    phase,
    outage ? span(outage) : '',
    lost,
    sent,
    periods,
    impaired ? since(impaired) : '',
    recovered ? since(recovered) : '',
  ])
  const head = ['flow', 'direction', 'phase', 'outage', 'lost', 'sent', 'loss periods', 'first impaired', 'recovered']
  return [head, ...rows].map((each) => each.map(cell).join(',')).join('\n')
}

/** 'outage 351.2ms ± 1.0ms' of the worst row, for lists of runs. */
export function worst(measures: readonly Measure[]): Measure | undefined {
  const length = (measure: Measure) => measure.outage?.ns ?? -1
  return measures.reduce<Measure | undefined>((a, b) => (length(b) > (a ? length(a) : -1) ? b : a), undefined)
}

export const resolution = (measure: Measure): string => human(measure.outage?.boundNs ?? 0)
