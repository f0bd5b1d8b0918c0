// The page of one run: what was claimed, how it ended, and everything that was seen.

import { human } from '../../lab/time.ts'
import type { Claim, Result } from '../result.ts'
import type { Run } from '../run.ts'
import { document } from './document.ts'
import { eventsSection, filterScript } from './events-table.ts'
import { type Html, html } from './html.ts'
import { measuresSection } from './measures-table.ts'
import { filesSection, parametersSection } from './parameters.ts'
import { timeSection } from './time.ts'
import { drawTopology } from './topology.ts'
import { pathsSection, reachSection } from './witness.ts'

const SIGNS = { upheld: '✓', broken: '✗', undecided: '?' } as const

const when = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`

function headline(result: Result): Html {
  const { scenario, test, is, because, startedAt, tookNs } = result
  return html`<header><p class="quiet">${scenario} · ${when(startedAt)} · ${human(tookNs)}</p>
<h1>${test}</h1>
<p><span class="badge ${is}">${is === 'error' ? 'scenario error' : is}</span></p>
${because && html`<p class="because ${is}">${because}</p>`}</header>`
}

function claimsSection(claims: readonly Claim[]): Html {
  const rows = claims.map(
    ({ claim, is, measured }) =>
      html`<tr><td class="${is}"><strong>${SIGNS[is]} ${is}</strong></td><td>${claim}</td><td class="num">${measured}</td></tr>`,
  )
  const none = html`<p class="quiet">The run ended before its claims were judged.</p>`
  const table = html`<div class="scroll" tabindex="0" role="group" aria-label="Claims"><table><thead><tr><th>Verdict</th><th>Claim</th><th class="num">Measured</th></tr></thead><tbody>${rows}</tbody></table></div>`
  return html`<section id="claims"><h2>Claims</h2>${claims.length > 0 ? table : none}</section>`
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
${faults.length > 0 && html`<p class="key">↯ struck by:</p><ul>${faults}</ul>`}</section>`
}

/** The whole page. Pure: text in, text out. */
export function timelinePage(run: Run, result: Result): string {
  const sections = ['claims', 'time', 'topology', 'measures', 'timeline', 'parameters', 'files']
  const body = html`${headline(result)}
<nav aria-label="On this page">${sections.map((id) => html`<a href="#${id}">${id}</a>`)}</nav>
${claimsSection(result.claims)}
${timeSection(run.events)}
${measuresSection(result.measures)}
${topologySection(run, result)}
${reachSection(run.events)}
${pathsSection(run.events)}
${result.description && html`<section id="scenario"><h2>Scenario</h2><pre>${result.description}</pre></section>`}
${eventsSection(run.events)}
${parametersSection(run)}
${filesSection(run.files)}`
  return document({ title: `${result.is}: ${result.test}`, body, result, script: filterScript })
}
