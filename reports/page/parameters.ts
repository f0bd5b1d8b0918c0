// Everything that a number of this run depends on: topology, timers, flows, versions (RFC 6413, section 7).

import type { FlowEvent } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import type { Run } from '../run.ts'
import { type Html, html } from './html.ts'

export type Parameter = readonly [name: string, value: string]

export function parametersOf({ topology, events }: Pick<Run, 'topology' | 'events'>): Parameter[] {
  const started = ofKind({ events }, 'flow').filter(({ phase }) => phase === 'started')
  const flow = ({ flow, ratePps, tenant }: FlowEvent): Parameter => [
    flow,
    `${ratePps}/s each way${tenant ? `, ${tenant}` : ''}`,
  ]
  if (!topology) return started.map(flow)
  const { bfd, tunnelBfd, bgp } = topology.timers
  const detection = (timers: typeof bfd) =>
    `${timers.intervalMs}ms × ${timers.multiplier} = ${timers.intervalMs * timers.multiplier}ms`
  return [
    ['topology', topology.name],
    ['BFD of BGP sessions', detection(bfd)],
    ['BFD of tunnels', detection(tunnelBfd)],
    ['BGP keepalive, hold', `${bgp.keepaliveS}s, ${bgp.holdS}s`],
    ['BGP connect retry', `${bgp.connectRetryS}s`],
    ['BGP advertisement interval', `${bgp.advertisementS}s`],
    ...started.map(flow),
  ]
}

const list = (pairs: readonly Parameter[]): Html =>
  html`<dl>${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`

export function parametersSection(run: Run): Html {
  const versions = Object.entries(run.versions)
  return html`<section id="parameters"><h2>Parameters</h2><div class="facts"><div><h3>Topology, timers, flows</h3>${list(parametersOf(run))}</div>
${versions.length > 0 && html`<div><h3>Versions</h3>${list(versions)}</div>`}</div></section>`
}

export function filesSection(files: readonly string[]): Html {
  const items = files.map(
    (file) => html`<li><a href="${file.split('/').map(encodeURIComponent).join('/')}">${file}</a></li>`,
  )
  return html`<section id="files"><h2>Files</h2><ul>${items}</ul></section>`
}
