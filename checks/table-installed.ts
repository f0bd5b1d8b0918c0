// How long a large table took to reach a kernel, and to leave it.

import { strikeOf } from '../lab/loss/strike.ts'
import type { Named } from '../lab/loss/window.ts'
import { countsAt } from '../lab/routing/table.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { keeps, since } from './elapsed.ts'
import type { Check } from './verdict.ts'

export type TableInstalled = {
  /** The fault that announces it. */
  readonly during: Named
  readonly prefixes: number
  /** The node whose kernel counts. */
  readonly at: string
  readonly atMost: Duration
}

/**
 * Full convergence of a table (RFC 7747 §3.2): from the instant that it was announced until its last prefix is in
 * the kernel of a node, by that kernel's stamps. Undecided where nobody counted so many, and where the instant is known
 * no closer than the limit.
 */
export function tableInstalled({ during, prefixes, at, atMost }: TableInstalled): Check {
  const claim = `${prefixes} prefixes of ${during.name} installed at ${at} in at most ${atMost}`
  return {
    claim,
    judge: (history) => {
      const struck = strikeOf(history, during)
      if (typeof struck === 'string') return { is: 'undecided', because: `${claim}: ${struck}` }
      const { applied } = struck
      const counts = countsAt(history, at).filter(({ atNs }) => atNs >= applied.fromNs)
      const [first] = counts
      const last = counts.find((count) => count.prefixes === prefixes)
      if (!first || !last)
        return { is: 'undecided', because: `${claim}: ${at} counted ${counts.at(-1)?.prefixes ?? 'none'}` }
      const took = since(applied, last.atNs)
      const begun = `, the first ${first.prefixes} after ${human(since(applied, first.atNs).measure.value)}`
      return {
        ...keeps(claim, { ...took, text: took.text + begun }, toNs(atMost)),
        measures: [{ name: 'full_convergence', ...took.measure }],
      }
    },
  }
}
