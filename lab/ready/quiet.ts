// Whether the control plane is at rest: no session, route or row of the SB comes or goes.

import type { Event } from '../events.ts'
import type { History } from '../history.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** FRR names each session that comes or goes; the kernel names routes by who set them. */
function changes(event: Event): boolean {
  if (event.kind === 'ovn') return true
  if (event.kind !== 'line') return false
  return event.stream === 'frr' ? /%ADJCHANGE|AdjChg:/.test(event.line) : / proto (bgp|ospf|ovn)/.test(event.line)
}

/** The latest change since then, in words; nothing if there was none. */
export function lastChange(history: Pick<History, 'events'>, sinceNs: number): string | undefined {
  const last = history.events.findLast((event) => event.atNs >= sinceNs && changes(event))
  if (last?.kind === 'ovn') return `${last.table} ${last.action}`
  return last?.kind === 'line' ? `${last.node}: ${last.line}` : undefined
}

export const controlPlaneQuiet = (forNs: number): Condition<Lab> => ({
  name: `no session, route or row of the SB to change for ${forNs / 1e6} ms`,
  look: async ({ history }) => {
    const change = lastChange(history, history.now() - forNs)
    return { holds: change === undefined, saw: change ?? 'quiet' }
  },
})
