// What metrics told over the run, a small chart each: the panels that a run keeps of the dashboards.

import { middle } from '../../lab/loss/loss-period.ts'
import type { FaultWindow } from '../../lab/loss/strike.ts'
import type { SeriesEvent } from '../../lab/monitor/series.ts'
import { ticks } from './axis.ts'
import { type Frame, place } from './band.ts'
import { type Html, html } from './html.ts'
import { valueText } from './units.ts'

/** Two stand side by side on a page of full width. */
const WIDTH = 516
const HEIGHT = 96
const [LEFT, RIGHT, TOP, BOTTOM] = [62, 10, 8, 22]
/** As many as there are colours for. */
const MOST = 6

type Line = { readonly name: string; readonly stepNs: number; readonly points: SeriesEvent['series'][number]['points'] }
type Drawn = { readonly title: string; readonly unit: string; readonly lines: readonly Line[] }

/** '{{tenant}} {{vpc}}' with the labels of a series in place. */
const named = (legend: string, labels: Readonly<Record<string, string>>): string =>
  legend.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim() ||
  (legend ? 'of nobody' : 'all')

const highest = ({ points }: Line): number => points.reduce((most, [, value]) => Math.max(most, value), 0)
const lowest = (line: Line): number => line.points.reduce((least, [, value]) => Math.min(least, value), highest(line))

/** What changed most comes first, then what is highest: a state that fell matters more than ten that stood. */
const telling = (a: Line, b: Line): number =>
  highest(b) - lowest(b) - (highest(a) - lowest(a)) || highest(b) - highest(a)

/** Panels in their order, each with the series of all its queries; those of which nothing was told are left out. */
function panels(events: readonly SeriesEvent[]): Drawn[] {
  const shown = events.flatMap(({ chart, ...event }) => (chart ? [{ ...event, chart }] : []))
  return [...Map.groupBy(shown, ({ chart }) => chart.title)].flatMap(([title, parts]) => {
    const lines = parts.flatMap(({ chart, series, stepNs }) =>
      series.map(({ labels, points }) => ({ name: named(chart.legend, labels), stepNs, points })),
    )
    return lines.some(({ points }) => points.length > 0) ? [{ title, unit: parts[0]?.chart.unit ?? '', lines }] : []
  })
}

/** A line that breaks where values are missing. */
function path({ points, stepNs }: Line, x: (ns: number) => number, y: (value: number) => number): string {
  return points
    .map(([ns, value], i) => {
      const before = points[i - 1]
      return `${before && ns - before[0] <= 1.5 * stepNs ? 'L' : 'M'}${x(ns)} ${y(value)}`
    })
    .join('')
}

function draw({ title, unit, lines }: Drawn, frame: Frame, windows: readonly FaultWindow[]): Html {
  const most = Math.max(...lines.map(highest))
  const shown = lines.toSorted(telling).slice(0, MOST)
  const bottom = TOP + HEIGHT
  const x = (ns: number) => place(frame, ns)
  const y = (value: number) => Number((bottom - (value / (most || 1)) * HEIGHT).toFixed(1))
  const faults = windows.map(({ fault, applied, healed }) => {
    const [from, to] = [x(middle(applied)), x(healed ? middle(healed) : frame.view.toNs)]
    return html`<rect class="window" x="${from}" width="${to - from}" y="${TOP}" height="${HEIGHT}"><title>${fault}</title></rect>`
  })
  const axis = ticks(frame.view, 6).map(
    ({ atNs, label }) =>
      html`<line class="grid" x1="${x(atNs)}" x2="${x(atNs)}" y1="${TOP}" y2="${bottom}"/><text class="small" x="${x(atNs)}" y="${bottom + 15}" text-anchor="middle">${label}</text>`,
  )
  const levels = [0, ...(most > 0 ? [most] : [])].map(
    (value) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/><text class="small" x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${valueText(value, unit)}</text>`,
  )
  const drawn = shown.map(
    (line, i) => html`<path class="line l${i}" d="${path(line, x, y)}"><title>${line.name}</title></path>`,
  )
  const more = lines.length - shown.length
  const key = shown.map(({ name }, i) => html`<span><i class="l${i}"></i>${name}</span>`)
  const label = `${title}: ${lines.length} series, at most ${valueText(most, unit)}`
  return html`<figure><figcaption><strong>${title}</strong></figcaption><div class="scroll" tabindex="0" role="group" aria-label="${title}"><svg width="${WIDTH}" height="${bottom + BOTTOM}" viewBox="0 0 ${WIDTH} ${bottom + BOTTOM}" role="img" aria-label="${label}">
${faults}${axis}${levels}${drawn}</svg></div><p class="key">${key}${more > 0 && html`<span class="quiet">and ${more} that changed less</span>`}</p></figure>`
}

/** None where no monitor told anything. `toNs`: when the run ended. */
export function chartsSection(
  events: readonly SeriesEvent[],
  windows: readonly FaultWindow[],
  toNs: number,
): Html | undefined {
  const all = panels(events)
  if (all.length === 0) return undefined
  const frame: Frame = { view: { fromNs: 0, toNs }, left: LEFT, width: WIDTH - LEFT - RIGHT }
  return html`<section id="metrics"><h2>Metrics</h2>
<p class="quiet">As the lab’s Prometheus had them, one value a second; faults are shaded. The same panels are in the dashboards.</p>
<div class="charts">${all.map((each) => draw(each, frame, windows))}</div></section>`
}
