// One flow in one direction over time, as a band: delivered, lost, and gaps where nothing was sent.

import type { FlowRecord } from '../../lab/events.ts'
import { type Stretch, stretches, type View } from './bins.ts'
import { type Html, html } from './html.ts'

/** Where a plot puts things, px. */
export type Frame = {
  readonly view: View
  readonly left: number
  readonly width: number
}

export const BAND = 26

/** A single lost probe among thousands still shows: so wide and high, px. */
const SMALLEST = { width: 2.5, height: 10 }

const px = (value: number): number => Number(value.toFixed(1))

/** The place of an instant, inside the frame. */
export function place({ view, left, width }: Frame, ns: number): number {
  const within = Math.min(Math.max(ns, view.fromNs), view.toNs)
  return px(left + ((within - view.fromNs) / (view.toNs - view.fromNs)) * width)
}

type Rect = { readonly x: number; readonly width: number; readonly height: number }

/** One path for all: a run with losses everywhere has a thousand of them in each band. */
const path = (style: string, y: number, rects: readonly Rect[]): Html | undefined =>
  rects.length === 0
    ? undefined
    : html`<path class="${style}" d="${rects.map(({ x, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join('')}"/>`

/** Bins that touch do so to within the rounding of their edges, ns. */
const TOUCHING_NS = 1e3

/** Neighbours that touch, as one. */
function joined(all: readonly Stretch[]): { fromNs: number; toNs: number }[] {
  const spans: { fromNs: number; toNs: number }[] = []
  for (const { fromNs, toNs } of all) {
    const last = spans.at(-1)
    if (last && fromNs - last.toNs < TOUCHING_NS) last.toNs = toNs
    else spans.push({ fromNs, toNs })
  }
  return spans
}

export function band(record: FlowRecord, frame: Frame, y: number): Html {
  const all = stretches(record, frame.view, frame.width)
  const rect = ({ fromNs, toNs }: View, height: number): Rect => {
    const x = place(frame, fromNs)
    return { x, width: px(place(frame, toNs) - x), height }
  }
  const lossy = all.filter(({ lost }) => lost > 0)
  const gone = lossy.map((stretch) => {
    const { x, width, height } = rect(stretch, px(BAND * stretch.lostShare))
    return { x, width: Math.max(SMALLEST.width, width), height: Math.max(SMALLEST.height, height) }
  })
  const lost = lossy.reduce((sum, stretch) => sum + stretch.lost, 0)
  return html`<g><title>${record.flow} ${record.direction}: ${lost} lost here</title>
<text class="halo" x="${frame.left}" y="${y - 5}">${record.flow}<tspan class="small"> ${record.direction}</tspan></text>
${path(
  'delivered',
  y,
  joined(all).map((span) => rect(span, BAND)),
)}${path('gone', y, gone)}</g>`
}
