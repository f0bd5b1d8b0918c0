// The longest outage of each run of a scenario, oldest first, as a small chart.

import { human } from '../../lab/time.ts'
import { type Span, span } from '../describe.ts'
import type { Result } from '../result.ts'
import { type Html, html } from './html.ts'
import { worst } from './measures-table.ts'

const WIDTH = 280
const HEIGHT = 56
const EDGE = 8

/** None for a single run: one point is no trend. */
export function trend(results: readonly Result[]): Html | undefined {
  const points = results.flatMap((result) => {
    const outage = worst(result.measures)?.outage
    return outage ? [{ outage, is: result.is, startedAt: result.startedAt }] : []
  })
  if (points.length < 2) return undefined
  const highest = ({ ns, boundNs, highNs = ns + boundNs }: Span) => highNs
  const most = Math.max(...points.map(({ outage }) => highest(outage)))
  const x = (i: number) => Number((EDGE + (i * (WIDTH - 2 * EDGE)) / (points.length - 1)).toFixed(1))
  const y = (ns: number) => Number((HEIGHT - EDGE - (Math.max(0, ns) * (HEIGHT - 2 * EDGE)) / most).toFixed(1))
  const path = points.map(({ outage: { ns } }, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(ns)}`).join(' ')
  const dots = points.map(
    ({ outage, is, startedAt }, i) =>
      html`<line class="${is} bar" x1="${x(i)}" x2="${x(i)}" y1="${y(outage.ns - outage.boundNs)}" y2="${y(highest(outage))}"/><circle class="${is} dot" cx="${x(i)}" cy="${y(outage.ns)}" r="3.5"><title>${startedAt.slice(0, 19)}: ${span(outage)}, ${is}</title></circle>`,
  )
  const label = `Longest outage of ${points.length} runs, from ${human(points[0]?.outage.ns ?? 0)} to ${human(points.at(-1)?.outage.ns ?? 0)}`
  const caption = html`<figcaption class="quiet">longest outage, up to ${human(most)}</figcaption>`
  return html`<figure>${caption}<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}"><line class="grid" x1="0" x2="${WIDTH}" y1="${HEIGHT - EDGE}" y2="${HEIGHT - EDGE}"/><path class="wire" d="${path}"/>${dots}</svg></figure>`
}
