// Delivered and lost over time: one band per flow and direction, faults shaded, marks below.

import type { FlowRecord } from '../../lab/events.ts'
import { middle } from '../../lab/loss/loss-period.ts'
import type { FaultWindow } from '../../lab/loss/strike.ts'
import { ticks } from './axis.ts'
import { band, type Frame, place } from './band.ts'
import type { View } from './bins.ts'
import { type Html, html } from './html.ts'
import { LANES, type Lane, type Mark } from './marks.ts'

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
const PITCH = 50
const LANE = 18
const TOP = 26

function shade({ fault, applied, healed }: FaultWindow, frame: Frame, bottom: number): Html {
  const { view } = frame
  const [from, to] = [middle(applied), healed ? middle(healed) : view.toNs]
  const edges = [from, to].filter((ns) => ns > view.fromNs && ns < view.toNs).map((ns) => place(frame, ns))
  const [left, right] = [place(frame, from), place(frame, to)]
  return html`<rect class="window" x="${left}" width="${right - left}" y="${TOP - 4}" height="${bottom - TOP + 4}"><title>${fault}</title></rect>
${edges.map((x) => html`<line class="edge" x1="${x}" x2="${x}" y1="${TOP - 4}" y2="${bottom}"/>`)}`
}

/** About what a letter of a fault's name takes, px. */
const LETTER = 7

/** The faults' names above their windows, those that fit beside each other; the others are in the windows' titles. */
function names(windows: readonly FaultWindow[], frame: Frame): Html[] {
  let free = 0
  return windows.flatMap(({ fault, applied }) => {
    const width = fault.length * LETTER
    const x = Math.min(place(frame, middle(applied)) + 4, WIDTH - width)
    if (x < free) return []
    free = x + width + LETTER
    return html`<text class="faultname" x="${x}" y="${TOP - 9}">${fault}</text>`
  })
}

/** So many texts of marks at one place are shown at once. */
const MOST_TEXTS = 8

function lane(name: Lane, marks: readonly Mark[], frame: Frame, y: number): Html {
  const places = Map.groupBy(
    marks.filter((mark) => mark.lane === name),
    ({ atNs }) => Math.round(place(frame, atNs)),
  )
  const dots = [...places].map(([x, here]) => {
    const more = here.length > MOST_TEXTS ? [`and ${here.length - MOST_TEXTS} more`] : []
    const texts = [...here.slice(0, MOST_TEXTS).map(({ text }) => text), ...more].join('\n')
    return html`<circle class="mark" cx="${x}" cy="${y}" r="3.5"><title>${texts}</title></circle>`
  })
  return html`<text class="small" x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${name}</text><line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>${dots}`
}

export function plot({ view, records, windows, marks, originNs, label }: Plot): Html {
  const frame: Frame = { view, left: LEFT, width: WIDTH - LEFT - RIGHT }
  const visible = marks.filter(({ atNs }) => atNs >= view.fromNs && atNs <= view.toNs)
  const lanes = LANES.filter((name) => visible.some((mark) => mark.lane === name))
  const marksTop = TOP + records.length * PITCH + 6
  const bottom = marksTop + lanes.length * LANE
  const inView = windows.filter(
    ({ applied, healed }) => applied.toNs <= view.toNs && (healed?.fromNs ?? Number.POSITIVE_INFINITY) >= view.fromNs,
  )
  const axis = ticks(view, 12, originNs).map(({ atNs, label: text }) => {
    const x = place(frame, atNs)
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${TOP - 4}" y2="${bottom + 4}"/><text class="small" x="${x}" y="${bottom + 18}" text-anchor="middle">${text}</text>`
  })
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><svg width="${WIDTH}" height="${bottom + 26}" viewBox="0 0 ${WIDTH} ${bottom + 26}" role="img" aria-label="${label}">
${axis}${inView.map((window) => shade(window, frame, bottom))}${names(inView, frame)}
${records.map((record, i) => band(record, frame, TOP + i * PITCH + 18))}
${lanes.map((name, i) => lane(name, visible, frame, marksTop + i * LANE + 9))}
</svg></div>`
}
