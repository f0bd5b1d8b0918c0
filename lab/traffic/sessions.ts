// What became of long-lived sessions in a stretch of time.

import type { Event } from '../events.ts'
import { type History, ofKind } from '../history.ts'
import type { Window } from '../loss/window.ts'
import type { SessionEvent, SessionPhase } from './events.ts'
import { SILENT_NS } from './patience.ts'

type Told = Pick<History, 'events'>
type Happened = Event & SessionEvent

/** Phases in which a session is lost for good. */
export type Loss = Exclude<SessionPhase, 'established' | 'silent' | 'resumed'>

/** `silent`: still waiting for an answer at the end, and neither lost nor known to survive. */
export type Fate = 'survived' | 'silent' | Loss

export type Story = {
  readonly session: number
  readonly fate: Fate
  /** The longest that one exchange waited for its answer; 0: never long enough to be told. Of those lost, until then. */
  readonly pauseNs: number
  /** The client's address and port as the server saw them before, and when it was established again. */
  readonly before: string
  readonly again?: { readonly source: string; readonly afterNs: number }
}

const isLoss = (phase: SessionPhase): phase is Loss => !['established', 'silent', 'resumed'].includes(phase)

/**
 * What became of one session that was there when a window began. An exchange belongs to the window it
 * began in, however late its end shows; one that waited no longer than usual at the window's edge, to the
 * window behind it.
 */
function storyOf(session: number, events: readonly Happened[], { fromNs, toNs }: Window): Story | undefined {
  const whole = fromNs === Number.NEGATIVE_INFINITY
  const begun = ({ sinceNs }: Happened, ns: number) => sinceNs <= ns - SILENT_NS
  const earlier = events.filter((event) => event.atNs <= fromNs || begun(event, fromNs))
  const start = whole ? events.find(({ phase }) => phase === 'established') : earlier.findLast(isTurn)
  if (start?.phase !== 'established') return undefined
  const rest = events.filter((event) => event.atNs > start.atNs && !earlier.includes(event) && begun(event, toNs))
  const end = rest.find(({ phase }) => isLoss(phase))
  const until = end ? rest.slice(0, rest.indexOf(end) + 1) : rest
  const pauses = until.filter(({ phase }) => phase === 'resumed' || isLoss(phase)).map((e) => e.atNs - e.sinceNs)
  const again = end && events.find(({ atNs, phase }) => phase === 'established' && atNs > end.atNs)
  return {
    session,
    fate: end ? (end.phase as Loss) : until.at(-1)?.phase === 'silent' ? 'silent' : 'survived',
    pauseNs: Math.max(0, ...pauses),
    before: start.source ?? '',
    ...(again && { again: { source: again.source ?? '', afterNs: again.atNs - end.atNs } }),
  }
}

/** Established, or lost. */
const isTurn = ({ phase }: Happened): boolean => phase === 'established' || isLoss(phase)

/** The sessions that a flow held when a window began, in a whole run those it ever held, and what became of each. */
export function stories(history: Told, flow: string, window: Window): Story[] {
  const mine = ofKind(history, 'session').filter((event) => event.flow === flow)
  return [...Map.groupBy(mine, ({ session }) => session)].flatMap(
    ([session, events]) => storyOf(session, events, window) ?? [],
  )
}

/** New sessions that were tried in a window. */
export type Newcomers = {
  readonly tried: number
  readonly failed: number
  /** When the first was answered, since the window's start, ns. */
  readonly firstNs?: number
  /**
   * For how long at a stretch new ones failed, the longest of all: at least from the first that failed to
   * the last, at most from the last that was answered before to the answer of the first behind; ns.
   */
  readonly lowNs: number
  readonly highNs: number
  /** The widest gap between the beginnings of two of them: how exact that is. */
  readonly resolutionNs: number
}

type Attempt = { readonly startedNs: number; readonly afterNs: number | null; readonly source: string | null }

const within = ({ startedNs }: Attempt, { fromNs, toNs }: Window) => startedNs >= fromNs && startedNs < toNs

/** All that were tried, in order. */
const attemptsOf = (history: Told, flow: string): Attempt[] =>
  ofKind(history, 'new-sessions')
    .filter((event) => event.flow === flow)
    .flatMap(({ startedNs, afterNs, sources }) =>
      startedNs.map((ns, i) => ({ startedNs: ns, afterNs: afterNs[i] ?? null, source: sources[i] ?? null })),
    )
    .sort((a, b) => a.startedNs - b.startedNs)

/** Those that began in a window, in order. */
export const attemptsIn = (history: Told, flow: string, window: Window): Attempt[] =>
  attemptsOf(history, flow).filter((attempt) => within(attempt, window))

/** A stretch in which none was answered. */
type Spell = {
  readonly firstNs: number
  readonly lastNs: number
  /** When the last was begun that was answered before, and when the first behind was answered; null: none was. */
  readonly beforeNs: number
  readonly behindNs: number | null
}

function spells(attempts: readonly Attempt[]): Spell[] {
  const all: Spell[] = []
  let beforeNs = attempts[0]?.startedNs ?? 0
  let open: Spell | undefined
  for (const { startedNs, afterNs } of attempts) {
    if (afterNs === null) {
      open = { firstNs: open?.firstNs ?? startedNs, lastNs: startedNs, beforeNs, behindNs: null }
      continue
    }
    if (open) all.push({ ...open, behindNs: startedNs + afterNs })
    open = undefined
    beforeNs = startedNs
  }
  return open ? [...all, open] : all
}

/**
 * New sessions in a window. A stretch in which they fail belongs to the window it began in, with all of
 * its length; one that began as the window did counts from there.
 */
export function newcomers(history: Told, flow: string, window: Window): Newcomers {
  const all = attemptsOf(history, flow)
  const mine = all.filter((attempt) => within(attempt, window))
  const answers = mine.flatMap(({ startedNs, afterNs }) => (afterNs === null ? [] : [startedNs + afterNs]))
  const failing = spells(all).filter(
    ({ firstNs }) => firstNs > window.fromNs - SILENT_NS && firstNs <= window.toNs - SILENT_NS,
  )
  const longest = (lengths: readonly number[]) => Math.max(0, ...lengths)
  const first = Math.min(...answers) - window.fromNs
  return {
    tried: mine.length,
    failed: mine.length - answers.length,
    ...(Number.isFinite(first) && { firstNs: first }),
    lowNs: longest(failing.map(({ firstNs, lastNs }) => lastNs - firstNs)),
    highNs: longest(
      failing.map(
        ({ beforeNs, behindNs }) => (behindNs ?? Number.POSITIVE_INFINITY) - Math.max(beforeNs, window.fromNs),
      ),
    ),
    resolutionNs: longest(mine.slice(1).map(({ startedNs }, i) => startedNs - (mine[i]?.startedNs ?? startedNs))),
  }
}
