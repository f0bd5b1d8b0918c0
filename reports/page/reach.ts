// Who could reach whom: a matrix for each phase in which something was tried.

import type { AttemptEvent, Event } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import { phases } from '../../lab/loss/phase.ts'
import { faultWindows } from '../../lab/loss/strike.ts'
import { type Html, html } from './html.ts'

/** Refused and silent may be what was wanted: the claims judge, these only tell. */
const SIGNS = { answered: '●', refused: '✕', silent: '·' } as const

const target = ({ to, protocol, port }: AttemptEvent): string =>
  `${to} ${protocol}${port === undefined ? '' : `/${port}`}`

function matrix(title: string, attempts: readonly AttemptEvent[]): Html {
  const sources = [...new Set(attempts.map(({ from }) => from))].sort()
  const targets = [...new Set(attempts.map(target))].sort()
  const last = new Map(attempts.map((attempt) => [`${attempt.from} ${target(attempt)}`, attempt]))
  const rows = sources.map((from) => {
    const cells = targets.map((to) => {
      const attempt = last.get(`${from} ${to}`)
      if (!attempt) return html`<td></td>`
      const label = `${from} → ${to}: ${attempt.outcome}, ${attempt.saw}`
      return html`<td class="${attempt.outcome}" title="${label}"><span aria-hidden="true">${SIGNS[attempt.outcome]}</span><span class="spoken">${attempt.outcome}</span></td>`
    })
    return html`<tr><th scope="row">${from}</th>${cells}</tr>`
  })
  const heads = targets.map((to) => html`<th scope="col"><span>${to}</span></th>`)
  return html`<h3>${title}</h3><div class="scroll" tabindex="0" role="group" aria-label="Reachability ${title}"><table class="matrix">
<thead><tr><td></td>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`
}

export function reachSection(events: readonly Event[]): Html | undefined {
  const attempts = ofKind({ events }, 'attempt')
  if (attempts.length === 0) return undefined
  const stretches = phases(faultWindows(events))
  const matrices = stretches.map(({ name, fromNs, toNs }) => {
    const tried = attempts.filter(({ atNs }) => atNs >= fromNs && atNs < toNs)
    return tried.length > 0 && matrix(stretches.length === 1 ? 'From row to column' : name, tried)
  })
  return html`<section id="reach"><h2>Reachability</h2>${matrices}
<p class="key"><span class="answered">● answered</span><span>✕ refused</span><span>· silent</span><span class="quiet">Point at a cell for what the client saw.</span></p></section>`
}
