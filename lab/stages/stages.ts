// The arithmetic of stages: between the instants that the taps know, each link of a chain ends one.

import type { History } from '../history.ts'
import type { Connectivity } from '../loss/connectivity.ts'
import { type LossPeriod, middle } from '../loss/loss-period.ts'
import type { Stretch } from '../loss/stretch.ts'
import { changesWay } from './causes.ts'
import { type Chain, chainTo, type Link } from './chain.ts'
import { type Evidence, evidenceOf, type Flow } from './evidence.ts'
import type { Signal } from './signal.ts'
import { type Ended, type Spell, type Stage, type Stages, stageName } from './stage.ts'
import { timerOf } from './timers.ts'

/** What is lost in more periods than this is a rate of loss, and each of its ends is nobody's decision. */
const MOST_PERIODS = 8

type Period = Pick<LossPeriod, 'begins' | 'ends'>
type Span = { readonly fromNs: number; readonly toNs: number }

const isBack = ({ ends }: Period) => Number.isFinite(ends.toNs)

/** A loss as its midpoints tell it; where no beginning or end was seen, from the first and to the last that was lost. */
function extent(period: Period): Span {
  const { begins, ends } = period
  const fromNs = Number.isFinite(begins.fromNs) ? middle(begins) : begins.toNs
  return { fromNs, toNs: Math.max(fromNs, isBack(period) ? middle(ends) : ends.fromNs) }
}

/** 'bfdd at internet'; of a row of the SB who wrote it: 'ovn-controller of chassis-1, in the SB'. */
function sourceOf({ by, node, peer }: Signal): string {
  if (by === 'chaos') return by
  return node === 'SB' ? `${by}${peer ? ` of ${peer}` : ''}, in the SB` : `${by} at ${node}`
}

/** What a signal tells of the end of a stage, or of the beginning of a loss. */
const told = (signal: Signal, originNs: number): Ended => ({
  event: signal.text,
  source: sourceOf(signal),
  atNs: signal.atNs - originNs,
  resolutionNs: signal.resolutionNs,
  ...(signal.lateNs > 0 && { lateNs: signal.lateNs }),
})

/** Only what lies in the gap itself, as far as stamps tell: a loss has its reasons, and they are not guessed. */
function onset({ begins }: Period, evidence: Evidence | undefined, originNs: number): Ended | undefined {
  const found = evidence?.signals.findLast(
    (signal) =>
      changesWay(evidence.way, signal) &&
      signal.atNs <= begins.toNs &&
      signal.atNs + signal.resolutionNs >= begins.fromNs,
  )
  return found && told(found, originNs)
}

function spellsOf(periods: readonly Period[], originNs: number, startNs: number, evidence?: Evidence): Spell[] {
  let untilNs = startNs
  return periods.flatMap((period): Spell[] => {
    const { fromNs, toNs } = extent(period)
    const passed = { is: 'passed' as const, fromNs: untilNs - originNs, toNs: fromNs - originNs }
    const began = onset(period, evidence, originNs)
    untilNs = toNs
    return [passed, { is: 'lost', fromNs: fromNs - originNs, toNs: toNs - originNs, ...(began && { onset: began }) }]
  })
}

/** One loss period, and what led to its end since `fromNs`. */
type Part = { readonly originNs: number; readonly fromNs: number; readonly period: Period; readonly chain: Chain }
type Bare = Omit<Stage, 'lostNs'>

/** The packet went as soon as the last link was there: that lies within what is known of the recovery, or after. */
const atOnce = (last: Link | undefined, { fromNs, period, chain }: Part): boolean =>
  last ? !chain.gap && last.atNs + last.signal.resolutionNs >= period.ends.fromNs : fromNs >= period.ends.fromNs

function stagesIn(part: Part, evidence: Evidence | undefined): Bare[] {
  const { originNs, fromNs, period, chain } = part
  let untilNs = fromNs
  const linked = chain.links.map(({ signal, atNs, gap }, i): Bare => {
    const timer = gap || !evidence ? undefined : timerOf(signal, i === 0 && fromNs === originNs, evidence.timers)
    const stage: Bare = {
      name: gap ? 'unattributed' : stageName(signal, chain.links[i - 1]?.signal),
      fromNs: untilNs - originNs,
      toNs: atNs - originNs,
      ended: told(signal, originNs),
      ...(timer && { timer }),
    }
    untilNs = atNs
    return stage
  })
  const { toNs } = extent(period)
  const back = isBack(period)
  const ended = {
    event: back ? 'first packet' : 'not back when the record ends',
    source: 'taps',
    atNs: toNs - originNs,
    resolutionNs: back ? (period.ends.toNs - period.ends.fromNs) / 2 : 0,
  }
  const name = back && atOnce(chain.links.at(-1), part) ? 'first packet' : 'unattributed'
  return [...linked, { name, fromNs: untilNs - originNs, toNs: toNs - originNs, ended }]
}

const overlap = (a: Span, b: Span) => Math.max(0, Math.min(a.toNs, b.toNs) - Math.max(a.fromNs, b.fromNs))

/** What was lost before the fault's estimated instant, within its bound, is the first stage's. */
const lostIn = ({ fromNs, toNs }: Span, first: boolean, spells: readonly Spell[]): number =>
  spells
    .filter(({ is }) => is === 'lost')
    .reduce((sum, spell) => sum + overlap({ fromNs: first ? Number.NEGATIVE_INFINITY : fromNs, toNs }, spell), 0)

/**
 * The stages of what one direction of a flow lost in a stretch, from its fault on; undefined where there is no
 * fault, or nothing was lost. Pure. What no event accounts for is `unattributed`.
 */
export function stagesOf(
  history: Pick<History, 'events'>,
  flow: Flow,
  { fault }: Stretch,
  { periods }: Pick<Connectivity, 'periods'>,
): Stages | undefined {
  const last = periods.at(-1)
  if (!fault || !last) return undefined
  const originNs = middle(fault.origin)
  // The fault's instant is known within its bracket, in which all may already be over.
  const startNs = Math.min(originNs, ...periods.slice(0, 1).map((first) => extent(first).toNs))
  const evidence = evidenceOf(history, flow, fault, isBack(last) ? last.ends.toNs : last.ends.fromNs)
  let fromNs = startNs
  const bare = (periods.length > MOST_PERIODS ? [last] : periods).flatMap((period) => {
    const { toNs } = extent(period)
    const recovery = isBack(period) ? period.ends : { fromNs: toNs, toNs }
    const chain = evidence ? chainTo(recovery, evidence.signals, evidence.way, fromNs) : { links: [], gap: true }
    const stages = stagesIn({ originNs, fromNs, period, chain }, evidence)
    fromNs = toNs
    return stages
  })
  const spells = spellsOf(periods, originNs, startNs, evidence)
  const recovered = isBack(last)
  const { origin } = fault
  return {
    originNs,
    originBoundNs: (origin.toNs - origin.fromNs) / 2,
    stages: bare.map((stage, i) => ({ ...stage, lostNs: lostIn(stage, i === 0, spells) })),
    totalNs: extent(last).toNs - startNs,
    recovered,
    boundNs: (origin.toNs - origin.fromNs + (recovered ? last.ends.toNs - last.ends.fromNs : 0)) / 2,
    spells,
  }
}
