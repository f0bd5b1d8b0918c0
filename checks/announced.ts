// What became of a prefix that somebody announced: believed, or refused by the peer's filter.

import { strikeOf } from '../lab/loss/strike.ts'
import type { Named } from '../lab/loss/window.ts'
import { announcementsTo } from '../lab/routing/announcements.ts'
import { topologyIn } from '../lab/topology/event.ts'
import type { Check } from './verdict.ts'

export type Announced = {
  /** The fault that announces it. */
  readonly during: Named
  readonly prefix: string
  readonly by: string
  /** Who hears it. */
  readonly at: string
  readonly is: 'refused' | 'believed'
}

/**
 * A prefix that a peer announced while a fault was in force was refused, every time, or believed. From the log of the
 * bgpd that heard it; undecided where it heard nothing. A finding names the prefix, who announced it and who believed it.
 */
export function announced({ during, prefix, by, at, is }: Announced): Check {
  const claim = `${prefix} announced by ${by} ${is} at ${at}`
  return {
    claim,
    judge: (history) => {
      const struck = strikeOf(history, during)
      if (typeof struck === 'string') return { is: 'undecided', because: `${claim}: ${struck}` }
      const topology = topologyIn(history)
      if (!topology) return { is: 'undecided', because: `${claim}: no topology in the record` }
      const endNs = struck.healed?.beganNs ?? Number.POSITIVE_INFINITY
      const heard = announcementsTo(history, topology, at).filter(
        (one) => one.by === by && one.prefix === prefix && one.atNs >= struck.applied.fromNs && one.atNs < endNs,
      )
      if (heard.length === 0)
        return { is: 'undecided', because: `${claim}: ${at} heard no announcement of it from ${by}` }
      const believed = heard.filter(({ refused }) => refused === undefined)
      const because = [...new Set(heard.flatMap(({ refused }) => refused ?? []))].join(', ')
      const said =
        believed.length > 0
          ? `${at} believed ${prefix} from ${by}`
          : `${at} heard ${prefix} from ${by} ${heard.length} times and refused it, ${because}`
      const held = is === 'refused' ? believed.length === 0 : believed.length > 0
      return held ? { is: 'upheld', measured: said } : { is: 'broken', because: `${claim}, was: ${said}` }
    },
  }
}
