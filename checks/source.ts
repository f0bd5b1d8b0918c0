// Which address the far end saw: what NAT made of it, as the tap at the receiver's link tells.

import type { FlowRecord } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { phrase, type When } from '../lab/loss/stretch.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import { firstFrom, type Named, recordsOf, untold, type Window } from '../lab/loss/window.ts'
import { type Check, type Part, together } from './verdict.ts'

export type Source = When & { readonly of: Named; readonly is: string }

/** Arrivals in a window by source address. The runs of a flow do not overlap, so each arrival lies in one. */
function arrivals(records: readonly FlowRecord[], { fromNs, toNs }: Window): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { sources, outNs } of records) {
    const times = outNs.filter((out) => out !== null).toSorted((a, b) => a - b)
    for (const { address, firstNs, lastNs } of sources) {
      const count = firstFrom(times, Math.min(lastNs + 1, toNs)) - firstFrom(times, Math.max(firstNs, fromNs))
      if (count > 0) counts.set(address, (counts.get(address) ?? 0) + count)
    }
  }
  return counts
}

/** Every forward probe that arrives in the window, by default in the whole run, comes from this address and no other. */
export function source({ of, is, ...when }: Source): Check {
  const subject = `source of ${of.name}${phrase(when)}`
  const claim = `${subject} ${is}`
  const fault = when.during ?? when.after
  return {
    claim,
    judge: (history) => {
      const records = recordsOf(history, of, 'forward')
      const strike = fault && strikeOf(history, fault)
      if (typeof strike === 'string') return { is: 'undecided', because: `${claim}, ${strike}` }
      if (when.after && !strike?.healed)
        return { is: 'undecided', because: `${claim}, ${when.after.name} was never healed` }
      const healedNs = strike?.healed?.beganNs
      const window = {
        fromNs: (when.after ? healedNs : strike?.applied.fromNs) ?? Number.NEGATIVE_INFINITY,
        toNs: (when.during ? healedNs : undefined) ?? Number.POSITIVE_INFINITY,
      }
      const counts = arrivals(records, window)
      const parts = [...counts].map(
        ([address, count]): Part => ({
          is: address === is ? 'upheld' : 'broken',
          text: `${address} in ${count} of ${[...counts.values()].reduce((a, b) => a + b)}`,
        }),
      )
      if (parts.length === 0)
        return {
          is: 'undecided',
          because: `${claim}, ${records.length > 0 ? 'saw 0 probes arrive' : 'left no record'}`,
        }
      const open = records.map((record) => untold(record, window)).find((text) => text !== undefined)
      return together({
        claim,
        subject,
        parts: open ? [...parts, { is: 'undecided', text: open }] : parts,
        evidence: ofKind(history, 'fault').filter((event) => event.fault === fault?.name),
      })
    },
  }
}
