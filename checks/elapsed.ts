// How long after an instant something came to be, where that instant is known to a bracket.

import type { Bracket } from '../lab/events.ts'
import { human } from '../lab/time.ts'

export type Elapsed = {
  readonly leastNs: number
  readonly mostNs: number
  /** '352ms ± 2.0ms' */
  readonly text: string
  readonly measure: { readonly value: number; readonly unit: 'ns'; readonly resolution: number }
}

/** From a bracket until an instant, ns; no less than nothing. */
export function since({ fromNs, toNs }: Bracket, atNs: number): Elapsed {
  const [leastNs, mostNs] = [Math.max(0, atNs - toNs), atNs - fromNs]
  const [value, resolution] = [(leastNs + mostNs) / 2, (mostNs - leastNs) / 2]
  return {
    leastNs,
    mostNs,
    text: `${human(value)} ± ${human(resolution)}`,
    measure: { value, unit: 'ns', resolution },
  }
}

/** Within a limit for sure, beyond it for sure, or neither. */
export function keeps(claim: string, { leastNs, mostNs, text }: Elapsed, limitNs: number) {
  if (mostNs <= limitNs) return { is: 'upheld', measured: `${claim}: ${text}` } as const
  if (leastNs > limitNs) return { is: 'broken', because: `${claim}, was after ${text}` } as const
  return { is: 'undecided', because: `${claim}, was after ${text}` } as const
}
