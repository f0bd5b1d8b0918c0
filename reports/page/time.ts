// The run over time, whole and close up, with the stages of each outage told beside it.

import type { Event } from '../../lab/events.ts'
import { phases } from '../../lab/loss/phase.ts'
import { faultWindows } from '../../lab/loss/strike.ts'
import { human } from '../../lab/time.ts'
import { stamp } from '../describe.ts'
import { finalRecords } from '../measures.ts'
import { lastNs } from '../result.ts'
import { type Html, html } from './html.ts'
import { type Mark, marksOf } from './marks.ts'
import { plot } from './plot.ts'
import { type Zoom, zoomOn } from './zoom.ts'

/** More would be read in the table of events. */
const MOST_STAGES = 24

/** To the millisecond at least, also seconds after the fault. */
const relative = (ns: number): string =>
  Math.abs(ns) < 1e9 ? `${ns < 0 ? '−' : '+'}${human(Math.abs(ns))}` : stamp(ns)

function stages(zoom: Zoom, marks: readonly Mark[]): Html {
  const seen = marks.filter(({ atNs }) => atNs >= zoom.view.fromNs && atNs <= zoom.view.toNs)
  const items = seen
    .slice(0, MOST_STAGES)
    .map(
      ({ atNs, lane, text }) =>
        html`<li><span class="num">${relative(atNs - zoom.originNs)}</span><span class="quiet">${lane}</span><span>${text}</span></li>`,
    )
  const more =
    seen.length > MOST_STAGES && html`<p class="quiet">${seen.length - MOST_STAGES} more among the events below.</p>`
  return html`<ol class="stages">${items}</ol>${more}`
}

export function timeSection(events: readonly Event[]): Html {
  const records = finalRecords(events)
  const windows = faultWindows(events)
  const marks = marksOf(events)
  const flows = records.flatMap(({ inNs }) => [inNs[0] ?? 0, inNs.at(-1) ?? 0])
  const strikes = windows.flatMap(({ applied, healed }) => [applied.fromNs, healed?.toNs ?? applied.toNs])
  const times = [...flows, ...strikes]
  const whole =
    times.length > 0
      ? { fromNs: Math.min(...times) - 5e8, toNs: Math.max(...times) + 5e8 }
      : { fromNs: 0, toNs: lastNs(events) || 1e9 }
  const common = { records, windows, marks }
  const zooms = phases(windows).flatMap((phase) => zoomOn(phase, records, whole) ?? [])
  const close = zooms.map(
    (zoom) => html`<h3>Longest loss ${zoom.name}</h3>
${plot({ ...common, view: zoom.view, originNs: zoom.originNs, label: `Delivered and lost around the longest loss ${zoom.name}` })}
${stages(zoom, marks)}`,
  )
  return html`<section id="time"><h2>Over time</h2>
${plot({ ...common, view: whole, label: 'Delivered and lost over the whole run, in seconds since its start' })}
${records.length > 0 && html`<p class="key"><span><i style="background: var(--passed)"></i>delivered</span><span><i style="background: var(--lost)"></i>lost</span><span><i style="border: 1px solid var(--line)"></i>nothing sent</span><span><i style="background: var(--fault-wash); border: 1px dashed var(--fault)"></i>fault in force</span><span class="quiet">Marks carry their text; point at one.</span></p>`}
${close}</section>`
}
