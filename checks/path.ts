// Which gateway carried a flow, proved on the wire: by the link that each probe was seen at.

import type { FlowRecord } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import type { When } from '../lab/loss/stretch.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import { type Named, recordsOf, untold, type Window } from '../lab/loss/window.ts'
import { alike } from './flows.ts'
import { type Check, type Part, together } from './verdict.ts'

export type Path = When & { readonly before?: Named; readonly of: Named; readonly via: string }

const DIRECTIONS = ['forward', 'reverse'] as const

/**
 * A route counts as changed when a database says so. Chassis and kernels follow within a turn of OVN's pipeline, about
 * 100 ms, while the old way may go on carrying; scenarios wait for a second without loss from then on.
 */
const LAST_NS = 500e6

/** The last half second of what a claim speaks of: before a fault, before its heal, or of the run. */
function lastOf(history: History, { of, before, during, after }: Omit<Path, 'via'>): Window | string {
  const named = before ?? during
  if (!named) {
    const records = DIRECTIONS.flatMap((direction) => recordsOf(history, of, direction))
    const endNs = Math.max(0, ...records.map(({ outNs }) => outNs.findLast((out) => out !== null) ?? 0))
    const healed = after ? strikeOf(history, after) : undefined
    if (typeof healed === 'string') return healed
    return { fromNs: endNs - LAST_NS, toNs: Number.POSITIVE_INFINITY }
  }
  const strike = strikeOf(history, named)
  if (typeof strike === 'string') return strike
  const toNs = before ? strike.applied.fromNs : (strike.healed?.beganNs ?? Number.POSITIVE_INFINITY)
  return { fromNs: toNs - LAST_NS, toNs }
}

function taken({ paths }: FlowRecord, { fromNs, toNs }: Window): string[] {
  return [...new Set(paths.filter(({ firstNs, lastNs }) => lastNs >= fromNs && firstNs < toNs).map(({ via }) => via))]
}

/**
 * Every probe of the last half second took this gateway, both ways. Before a fault this is part of the
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
      const window = lastOf(history, options)
      const judge = (record: FlowRecord, within: Window): Part => {
        const open = untold(record, within)
        if (open) return { is: 'undecided', text: open }
        const seen = taken(record, within)
        if (seen.length === 0) return { is: 'undecided', text: 'no probe passed' }
        const text = `through ${seen.join(' and ')}`
        if (seen.length === 1 && seen[0] === via) return { is: 'upheld', text }
        return { is: before ? 'undecided' : 'broken', text }
      }
      const parts = DIRECTIONS.flatMap((direction): Part[] => {
        const records = recordsOf(history, of, direction)
        if (typeof window === 'string') return [{ is: 'undecided', text: window }]
        if (records.length === 0) return [{ is: 'undecided', text: `${of.name} has no record` }]
        return alike(records.map((record) => judge(record, window))).map((part) => ({
          ...part,
          text: `${direction} ${part.text}`,
        }))
      })
      return together({ claim, parts })
    },
  }
}
