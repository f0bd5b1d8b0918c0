// The page of one run: what was claimed, how it ended, and everything that was seen.

import { ofKind } from '../../lab/history.ts'
import { human } from '../../lab/time.ts'
import { type Claim, lastNs, type Result } from '../result.ts'
import type { Run } from '../run.ts'
import { chartsSection } from './charts.ts'
import { document } from './document.ts'
import { eventsSection, filterScript } from './events-table.ts'
import { floorSection } from './floor-table.ts'
import { type Html, html } from './html.ts'
import { measuresSection } from './measures-table.ts'
import { filesSection, parametersSection } from './parameters.ts'
import { reachSection } from './reach.ts'
import { resultsSection } from './results-table.ts'
import { stagesSection } from './stages.ts'
import { table } from './table.ts'
import { timeSection } from './time.ts'
import { drawTopology } from './topology.ts'
import { trafficSection } from './traffic.ts'
import { pathsSection } from './witness.ts'

const SIGNS = { upheld: '✓', broken: '✗', undecided: '?' } as const

const when = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`

function headline(result: Result): Html {
  const { scenario, test, is, because, startedAt, tookNs } = result
  return html`<header><p class="quiet">${scenario} · ${when(startedAt)} · ${human(tookNs)}</p>
<h1>${test}</h1>
<p><span class="badge ${is}">${is === 'error' ? 'scenario error' : is}</span></p>
${because && html`<p class="because ${is}">${because}</p>`}</header>`
}

/** Some claims speak of hundreds of pairs. */
const folded = (text: string): Html =>
  text.length > 320
    ? html`<details><summary>${text.slice(0, 200)} …</summary>… ${text.slice(200)}</details>`
    : html`${text}`

function claimsSection(claims: readonly Claim[]): Html {
  const rows = claims.map(
    ({ claim, is, measured }) =>
      html`<tr><td class="${is} whole"><strong>${SIGNS[is]} ${is}</strong></td><td class="claim">${claim}</td><td class="measured">${folded(measured)}</td></tr>`,
  )
  const none = html`<p class="quiet">The run ended before its claims were judged.</p>`
  const columns = ['Verdict', 'Claim', 'Measured']
  const judged = html`<div class="stack">${table('Claims', columns, html`<tbody>${rows}</tbody>`)}</div>`
  return html`<section id="claims"><h2>Claims</h2>${claims.length > 0 ? judged : none}</section>`
}

function topologySection({ topology }: Run, result: Result): Html | undefined {
  if (!topology) return undefined
  const targets = [...new Set(result.faults.flatMap((window) => window.targets))]
  const faults = result.faults.map(
    ({ fault, targets: hit, proof }) =>
      html`<li><strong>${fault}</strong> on ${hit.join(', ')}${proof && html` <span class="quiet">· ${proof}</span>`}</li>`,
  )
  return html`<section id="topology"><h2>Topology</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Topology">${drawTopology(topology, targets)}</div>
${faults.length > 0 && html`<ul class="faults">${faults}</ul>`}</section>`
}

const scenarioSection = ({ description }: Result): Html | undefined =>
  description ? html`<section id="scenario"><h2>Scenario</h2><pre>${description}</pre></section>` : undefined

/** The whole page. Pure: text in, text out. */
export function timelinePage(run: Run, result: Result): string {
  const { events, files } = run
  const sections: readonly (readonly [id: string, section: Html | undefined])[] = [
    ['claims', claimsSection(result.claims)],
    ['stages', stagesSection(result.measures)],
    ['time', timeSection(events)],
    ['measures', events.some(({ kind }) => kind === 'flow') ? measuresSection(result.measures) : undefined],
    ['results', resultsSection(result.measures)],
    ['floor', floorSection(result.noiseFloor)],
    ['traffic', trafficSection(result.traffic)],
    ['metrics', chartsSection(ofKind(run, 'series'), result.faults, lastNs(events))],
    ['reach', reachSection(events)],
    ['topology', topologySection(run, result)],
    ['paths', pathsSection(events)],
    ['scenario', scenarioSection(result)],
    ['events', eventsSection(events)],
    ['parameters', parametersSection(result)],
    ['files', filesSection(files)],
  ]
  const links = sections.map(([id, section]) => section && html`<a href="#${id}">${id}</a>`)
  const body = html`${headline(result)}
<nav aria-label="On this page">${links}</nav>
${sections.map(([, section]) => section)}`
  return document({ title: `${result.is}: ${result.test}`, body, result, script: filterScript })
}
