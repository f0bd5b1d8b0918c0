// All runs, scenario by scenario: how each ended, its longest outage, and where its pages are.

import { human } from '../../lab/time.ts'
import { span } from '../describe.ts'
import type { Listed } from '../runs.ts'
import { document } from './document.ts'
import { type Html, html } from './html.ts'
import { worst } from './measures-table.ts'
import { table } from './table.ts'
import { trend } from './trend.ts'

const COLUMNS = ['Started', 'Ended', { number: 'Longest outage' }, 'Of, or why', { number: 'Took' }] as const

/** '2026-11-22T15-45-08.000' to '2026-11-22 15:45:08' */
const when = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 19).replaceAll('-', ':')}`

function row({ scenario, time, result }: Listed): Html {
  const page = html`<a href="${encodeURIComponent(scenario)}/${encodeURIComponent(time)}/timeline.html">${when(time)}</a>`
  if (!result)
    return html`<tr><td class="whole">${page}</td><td class="quiet" colspan="4">no verdict: by hand, cut off, or still running</td></tr>`
  const longest = worst(result.measures)
  const of = longest && `${longest.flow} ${longest.direction} ${longest.phase}`
  return html`<tr><td class="whole">${page}</td><td class="${result.is}"><strong>${result.is}</strong></td>
<td class="num">${longest?.outage ? span(longest.outage) : '–'}</td><td class="why">${result.because ?? of}</td><td class="num">${human(result.tookNs)}</td></tr>`
}

function scenarioSection(scenario: string, runs: readonly Listed[]): Html {
  const results = runs.flatMap(({ result }) => result ?? [])
  const passed = results.filter(({ is }) => is === 'passed').length
  const claim = results[0]?.test
  return html`<section><h2 id="${scenario}">${scenario}</h2>
${claim && html`<p>${claim}</p>`}<div class="beside">${results.length > 0 && html`<p class="quiet">${passed} of ${results.length} passed</p>`}${trend(results.toReversed())}</div>
${table(`Runs of ${scenario}`, COLUMNS, html`<tbody>${runs.map(row)}</tbody>`)}</section>`
}

export type Index = {
  readonly runs: readonly Listed[]
  /** Relative to the index: 'allure-report/index.html'. */
  readonly allure?: string
  /** Likewise. */
  readonly junit?: string
}

export function indexPage({ runs, allure, junit }: Index): string {
  const judged = (its: readonly Listed[]) => its.some(({ result }) => result)
  // What was only ever run by hand has no verdicts, and stands last.
  const scenarios = [...Map.groupBy(runs, ({ scenario }) => scenario)].sort(
    ([, a], [, b]) => Number(judged(b)) - Number(judged(a)),
  )
  const latest = scenarios.map(([scenario, [newest]]) => {
    const is = newest?.result?.is ?? 'unfinished'
    const word = newest?.result ? is : 'no verdict'
    return html`<li><a href="#${scenario}">${scenario}</a> <span class="badge ${is}">${word}</span></li>`
  })
  const body = html`<header><h1>Runs</h1>
<p class="quiet">${runs.length} runs of ${scenarios.length} scenarios${allure && html` · <a href="${allure}">Allure report</a>`}${junit && html` · <a href="${junit}">JUnit XML</a>`}</p></header>
<ul class="latest">${latest}</ul>
${scenarios.map(([scenario, its]) => scenarioSection(scenario, its))}`
  const result = runs.map(({ scenario, time, result: each }) => ({ scenario, time, is: each?.is ?? 'unfinished' }))
  return document({ title: 'ovn-gameday runs', body, result })
}
