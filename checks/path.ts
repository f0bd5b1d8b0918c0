// Which gateway carried a flow, proved on the wire: by the link that each probe was seen at.

import type { FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import type { When } from '../lab/loss/stretch.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import { type Named, recordOf, STEADY_NS, untold, type Window } from '../lab/loss/window.ts'
import { type Check, type Part, together } from './verdict.ts'

export type Path = When & { readonly before?: Named; readonly of: Named; readonly via: string }

/** The last second of what a claim speaks of: before a fault, before its heal, or of the run. */
function lastSecond(history: History, { of, before, during, after }: Omit<Path, 'via'>): Window | string {
  const named = before ?? during
  if (!named) {
    const records = ofKind(history, 'flow-record').filter(({ flow }) => flow === of.name)
    const endNs = Math.max(0, ...records.map(({ outNs }) => outNs.findLast((out) => out !== null) ?? 0))
    const healed = after ? strikeOf(history, after) : undefined
    if (typeof healed === 'string') return healed
    return { fromNs: endNs - STEADY_NS, toNs: Number.POSITIVE_INFINITY }
  }
  const strike = strikeOf(history, named)
  if (typeof strike === 'string') return strike
  const toNs = before ? strike.applied.fromNs : (strike.healed?.beganNs ?? Number.POSITIVE_INFINITY)
  return { fromNs: toNs - STEADY_NS, toNs }
}

function taken({ paths }: FlowRecord, { fromNs, toNs }: Window): string[] {
  return [...new Set(paths.filter(({ firstNs, lastNs }) => lastNs >= fromNs && firstNs < toNs).map(({ via }) => via))]
}

/**
 * Every probe of the last second took this gateway, both ways. Before a fault this is part of the
 * steady state: a flow that did not run through what was broken proves nothing, and is undecided.
 */
export function path(options: Path): Check {
  const { of, via, before, during, after } = options
  const when = before
    ? ` before ${before.name}`
    : during
      ? ` at the end of ${during.name}`
      : after
        ? ` after ${after.name}`
        : ''
  const claim = `path of ${of.name}${when} through ${via}`
  return {
    claim,
    judge: (history) => {
      const window = lastSecond(history, options)
      const parts = (['forward', 'reverse'] as const).map((direction): Part => {
        const record = recordOf(history, of, direction)
        if (typeof window === 'string') return { is: 'undecided', text: window }
        if (!record) return { is: 'undecided', text: `${of.name} has no record` }
        const open = untold(record, window)
        if (open) return { is: 'undecided', text: `${direction} ${open}` }
        const seen = taken(record, window)
        if (seen.length === 0) return { is: 'undecided', text: `${direction} no probe passed` }
        if (seen.length === 1 && seen[0] === via) return { is: 'upheld', text: `${direction} through ${via}` }
        return { is: before ? 'undecided' : 'broken', text: `${direction} through ${seen.join(' and ')}` }
      })
      return together({ claim, parts })
    },
  }
}
