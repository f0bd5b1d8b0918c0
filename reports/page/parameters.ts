// Everything that a number of this run depends on, on its page.

import { type Parameter, parametersOf } from '../parameters.ts'
import type { Result } from '../result.ts'
import { type Html, html } from './html.ts'

const list = (pairs: readonly Parameter[]): Html =>
  html`<dl>${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`

export function parametersSection({ parameters, versions }: Result): Html {
  const packages = Object.entries(versions)
  return html`<section id="parameters"><h2>Parameters</h2><div class="facts"><div><h3>Topology, timers, flows</h3>${list(parametersOf(parameters))}</div>
${packages.length > 0 && html`<div><h3>Versions</h3>${list(packages)}</div>`}</div></section>`
}

export function filesSection(files: readonly string[]): Html {
  const items = files.map(
    (file) => html`<li><a href="${file.split('/').map(encodeURIComponent).join('/')}">${file}</a></li>`,
  )
  return html`<section id="files"><h2>Files</h2><ul>${items}</ul></section>`
}
