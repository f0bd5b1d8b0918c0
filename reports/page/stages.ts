// The stages of each outage as a bar, with what was lost below it, and what ended each stage.

import { endedText, longest, type Stage, type StageName, type Stages } from '../../lab/stages/stage.ts'
import { human } from '../../lab/time.ts'
import { span } from '../describe.ts'
import type { Row } from '../measures.ts'
import { inRuns, marks, offset, timerText } from '../stages/words.ts'
import { ticks } from './axis.ts'
import { type Frame, place } from './band.ts'
import { type Html, html } from './html.ts'

/** What the page has at full width. */
const WIDTH = 1078
const EDGE = 8
const BAR = { top: 22, height: 30 }
const LOST = { top: 56, height: 8 }
const HEIGHT = 88
/** About what a letter takes, px. */
const LETTER = 6.6

const CLASS: Readonly<Record<StageName, string>> = {
  healed: 'st-healed',
  detected: 'st-detected',
  decided: 'st-decided',
  installed: 'st-installed',
  advertised: 'st-advertised',
  'first packet': 'st-packet',
  unattributed: 'st-none',
}

const took = ({ fromNs, toNs }: Pick<Stage, 'fromNs' | 'toNs'>): string => human(toNs - fromNs)

/** From the fault on; where that is long before the first loss, from a little before that. */
function viewOf({ stages, spells, totalNs }: Stages) {
  const firstNs = stages[0]?.fromNs ?? 0
  const toNs = firstNs + Math.max(totalNs, 1)
  const lostNs = spells.find(({ is }) => is === 'lost')?.fromNs ?? firstNs
  const lossyNs = toNs - lostNs
  const fromNs = lostNs - firstNs > 2 * lossyNs ? lostNs - lossyNs / 4 : Math.min(firstNs, lostNs)
  return { fromNs, toNs: toNs + (toNs - fromNs) / 50 }
}

function segment(stage: Stage, frame: Frame, worst: Stage | undefined): Html {
  const { name, fromNs, toNs, ended } = stage
  const [left, right] = [place(frame, fromNs), place(frame, toNs)]
  const width = Math.max(1.5, right - left)
  const text = [`${name} ${took(stage)}`, name, ''].find((each) => each.length * LETTER < width - 8)
  const stands = worst !== undefined && fromNs <= worst.fromNs && toNs >= worst.toNs
  return html`<g><title>${name} ${took(stage)}, until ${offset(toNs)}: ${endedText(ended)}</title><rect class="st ${CLASS[name]}${stands && html` longest`}" x="${left}" y="${BAR.top}" width="${width}" height="${BAR.height}"/>${text && html`<text class="st-text" x="${left + width / 2}" y="${BAR.top + 19}" text-anchor="middle">${text}</text>`}</g>`
}

function bar(stages: Stages, label: string): Html {
  const view = viewOf(stages)
  const frame: Frame = { view, left: EDGE, width: WIDTH - 2 * EDGE }
  const worst = longest(stages)
  const inView = inRuns(stages).filter(({ toNs }) => toNs >= view.fromNs)
  const lost = stages.spells
    .filter(({ is }) => is === 'lost')
    .map(({ fromNs, toNs }) => {
      const [left, right] = [place(frame, fromNs), place(frame, toNs)]
      return html`<rect class="gone" x="${left}" y="${LOST.top}" width="${Math.max(1.5, right - left)}" height="${LOST.height}"><title>lost for ${took({ fromNs, toNs })}</title></rect>`
    })
  const axis = ticks(view, 10).map(({ atNs, label: text }) => {
    const x = place(frame, atNs)
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${BAR.top - 4}" y2="${LOST.top + 12}"/><text class="small" x="${x}" y="${HEIGHT - 6}" text-anchor="middle">${atNs === 0 ? '0' : `+${text}`}</text>`
  })
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${axis}${inView.map((stage) => segment(stage, frame, worst))}
<rect class="delivered" x="${place(frame, Math.max(view.fromNs, stages.stages[0]?.fromNs ?? 0))}" y="${LOST.top}" width="${Math.max(0, place(frame, view.toNs) - place(frame, Math.max(view.fromNs, stages.stages[0]?.fromNs ?? 0)))}" height="${LOST.height}"/>${lost}
</svg></div>`
}

type Line = { readonly atNs: number; readonly what: Html }

/** What ended each stage, and the losses in between, in order. */
function lines(stages: Stages): Html[] {
  const worst = longest(stages)
  const ends = stages.stages.map((stage): Line => {
    const { name, toNs, ended } = stage
    const timer = timerText(stage)
    const late = ended.lateNs === undefined ? undefined : `up to ${human(ended.lateNs)} earlier`
    const aside = [late ?? `± ${human(ended.resolutionNs)}`, ...(timer ? [timer] : [])].join(' · ')
    return {
      atNs: toNs,
      what: html`<li><span class="num">${offset(toNs)}</span><span class="num">${took(stage)}</span><span class="${stage === worst ? 'hit' : 'quiet'}">${name}</span><span>${endedText(ended)}<span class="quiet"> ${aside}</span></span></li>`,
    }
  })
  const losses = marks(stages).map(
    ({ atNs, text, onset }): Line => ({
      atNs,
      what: html`<li><span class="num">${offset(atNs)}</span><span></span><span class="hit">${text}</span><span>${onset && endedText(onset)}</span></li>`,
    }),
  )
  return [...ends, ...losses].sort((a, b) => a.atNs - b.atNs).map(({ what }) => what)
}

/** How the parts of the time add up: 'nothing lost for 5.52s, then 19.6ms lost'. */
function sum({ spells }: Stages): string {
  const told = spells.filter(({ fromNs, toNs, is }) => is === 'lost' || toNs - fromNs > 0)
  return told.map((each) => `${took(each)} ${each.is === 'lost' ? 'lost' : 'without loss'}`).join(' + ')
}

function outage({ flow, direction, phase, event, outage: length }: Row, stages: Stages): Html {
  const title = `${flow} ${direction} ${phase}`
  const origin = event === 'reversion' ? 'the heal' : 'the fault'
  const until = stages.recovered ? 'the recovery' : 'the last known loss'
  const { totalNs, boundNs } = stages
  return html`<h3>${title}</h3>
<p>${length && html`Outage ${span(length)}. `}<span class="quiet">From ${origin} to ${until} ${human(totalNs)} ± ${human(boundNs)}: ${sum(stages)}.</span></p>
${bar(stages, `Stages of the outage of ${title}`)}
<ol class="stages ends">${lines(stages)}</ol>`
}

/** More of them are read in result.json. */
const MOST = 12

const KEY = (Object.entries(CLASS) as [StageName, string][]).map(
  ([name, style]) => html`<span><i class="${style}"></i>${name}</span>`,
)

/** None for a run in which nothing was lost after a fault. */
export function stagesSection(measures: readonly Row[]): Html | undefined {
  const told = measures.flatMap((row) => (row.stages ? [{ row, stages: row.stages }] : []))
  if (told.length === 0) return undefined
  const more = told.length > MOST && html`<p class="quiet">${told.length - MOST} more in result.json.</p>`
  return html`<section id="stages"><h2>Stages</h2>
<p class="key">${KEY}<span class="quiet">Each stage lasts until the event beside it. Below the bar: delivered and lost.</span></p>
${told.slice(0, MOST).map(({ row, stages }) => outage(row, stages))}${more}</section>`
}
