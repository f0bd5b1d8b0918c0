// Delivered and lost over time: one band per flow and direction, faults shaded, marks below.

import type { FlowRecord } from '../../lab/events.ts'
import { type FaultWindow, middle } from '../windows.ts'
import { ticks } from './axis.ts'
import { stretches, type View } from './bins.ts'
import { type Html, html } from './html.ts'
import { LANES, type Mark } from './marks.ts'

export type Plot = {
  readonly view: View
  readonly records: readonly FlowRecord[]
  readonly windows: readonly FaultWindow[]
  readonly marks: readonly Mark[]
  /** What the axis counts from; the run's start without it. */
  readonly originNs?: number
  /** For those who cannot see it. */
  readonly label: string
}

/** What the page has at full width. */
const WIDTH = 1078
/** Room for the names of the lanes of marks. */
const LEFT = 52
const RIGHT = 12
const BAND = 26
const PITCH = 50
const LANE = 18
const TOP = 26

export function plot({ view, records, windows, marks, originNs, label }: Plot): Html {
  const scale = (WIDTH - LEFT - RIGHT) / (view.toNs - view.fromNs)
  const x = (ns: number) => LEFT + (Math.min(Math.max(ns, view.fromNs), view.toNs) - view.fromNs) * scale
  const px = (value: number) => Number(value.toFixed(2))
  const visible = marks.filter(({ atNs }) => atNs >= view.fromNs && atNs <= view.toNs)
  const lanes = LANES.filter((lane) => visible.some((mark) => mark.lane === lane))
  const marksTop = TOP + records.length * PITCH + 6
  const bottom = marksTop + lanes.length * LANE
  const inView = windows.filter(
    ({ applied, healed }) => applied.toNs <= view.toNs && (healed?.fromNs ?? Infinity) >= view.fromNs,
  )

  const shade = inView.map((window) => {
    const [from, to] = [middle(window.applied), window.healed ? middle(window.healed) : view.toNs]
    const edge = (ns: number) =>
      ns > view.fromNs && ns < view.toNs
        ? html`<line class="edge" x1="${px(x(ns))}" x2="${px(x(ns))}" y1="${TOP - 4}" y2="${bottom}"/>`
        : undefined
    return html`<rect class="window" x="${px(x(from))}" width="${px(x(to) - x(from))}" y="${TOP - 4}" height="${bottom - TOP + 4}"><title>${window.fault}</title></rect>
${edge(from)}${edge(to)}<text class="faultname" x="${px(x(from)) + 4}" y="${TOP - 9}">${window.fault}</text>`
  })

  const band = (record: FlowRecord, i: number) => {
    const y = TOP + i * PITCH + 18
    const all = stretches(record, view, WIDTH - LEFT - RIGHT)
    const sent = all.map(
      ({ fromNs, toNs }) =>
        html`<rect class="delivered" x="${px(x(fromNs))}" width="${px(x(toNs) - x(fromNs))}" y="${y}" height="${BAND}"/>`,
    )
    // On top, so that a single lost probe among thousands still shows: ten pixels high and two and a half wide.
    const gone = all
      .filter(({ lost }) => lost > 0)
      .map(({ fromNs, toNs, lostShare, lost }) => {
        const [width, height] = [Math.max(2.5, px(x(toNs) - x(fromNs))), Math.max(10, px(BAND * lostShare))]
        return html`<rect class="gone" x="${px(x(fromNs))}" width="${width}" y="${y}" height="${height}"><title>${lost} lost</title></rect>`
      })
    return html`<text class="halo" x="${LEFT}" y="${y - 5}">${record.flow}<tspan class="small"> ${record.direction}</tspan></text>${sent}${gone}`
  }

  const lane = (name: (typeof LANES)[number], i: number) => {
    const y = marksTop + i * LANE + 9
    const dots = visible
      .filter((mark) => mark.lane === name)
      .map(
        (mark) =>
          html`<circle class="mark" cx="${px(x(mark.atNs))}" cy="${y}" r="3.5"><title>${mark.text}</title></circle>`,
      )
    return html`<text class="small" x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${name}</text><line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>${dots}`
  }

  const axis = ticks(view, 12, originNs).map(
    ({ atNs, label: text }) =>
      html`<line class="grid" x1="${px(x(atNs))}" x2="${px(x(atNs))}" y1="${TOP - 4}" y2="${bottom + 4}"/><text class="small" x="${px(x(atNs))}" y="${bottom + 18}" text-anchor="middle">${text}</text>`,
  )
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><svg width="${WIDTH}" height="${bottom + 26}" viewBox="0 0 ${WIDTH} ${bottom + 26}" role="img" aria-label="${label}">
${axis}${shade}${records.map(band)}${lanes.map(lane)}
</svg></div>`
}
