// The events worth a mark on the time axis: what the control plane noticed, decided and did.

import type { Event } from '../../lab/events.ts'
import { describe } from '../describe.ts'

export const LANES = ['fault', 'BFD', 'BGP', 'routes', 'OVN', 'steps'] as const
export type Lane = (typeof LANES)[number]

export type Mark = { readonly atNs: number; readonly lane: Lane; readonly text: string }

function laneOfLine(stream: string, line: string): Lane | undefined {
  // First, because a session that BFD brought down says so too.
  if (/ADJCHANGE|NOTIFICATION|Established|hold timer/i.test(line)) return 'BGP'
  if (/state-change|\bBFD\b.*\b(up|down)\b/i.test(line)) return 'BFD'
  // `ip monitor` tells of links, routes and neighbours; the last are noise here.
  if (stream === 'kernel') return /lladdr|\bNUD_|REACHABLE|STALE|DELAY|PROBE/.test(line) ? undefined : 'routes'
  return undefined
}

const OVN_TABLES: Readonly<Record<string, Lane>> = {
  BFD: 'BFD',
  Learned_Route: 'routes',
  Advertised_Route: 'routes',
  Port_Binding: 'OVN',
}

function laneOf(event: Event): Lane | undefined {
  switch (event.kind) {
    case 'fault':
      return event.phase === 'planned' ? undefined : 'fault'
    case 'waited':
      return 'steps'
    case 'line':
      return laneOfLine(event.stream, event.line)
    case 'ovn':
      // The row before a change, and what was there at the start, are no change.
      return event.action === 'initial' || event.action === 'old' ? undefined : OVN_TABLES[event.table]
    default:
      return undefined
  }
}

export function marksOf(events: readonly Event[]): Mark[] {
  const marks = events.flatMap((event) => {
    const lane = laneOf(event)
    return lane ? [{ atNs: event.atNs, lane, text: describe(event) }] : []
  })
  return marks.sort((a, b) => a.atNs - b.atNs)
}
