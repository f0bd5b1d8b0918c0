// Results in words, the same on the terminal, in Allure and on our own pages.

import type { Convergence } from '../lab/measures/convergence.ts'
import type { ConvergenceEvent } from '../lab/measures/result.ts'
import type { Switchover } from '../lab/measures/switchover.ts'
import { human } from '../lab/time.ts'

/** RFC 6414's names for what it takes to change to the backup, and back. */
export const SWITCHOVER: Readonly<Record<ConvergenceEvent, string>> = {
  initial: 'failover time',
  reversion: 'reversion time',
}

/** A figure, and what is told beside it. */
export type Told = readonly [figure: string, aside?: string]

/** '394ms ± 4.0ms', 'nat-gw-a-1 → nat-gw-a-2' */
export const toldSwitchover = ({ ns, boundNs, from, to }: Switchover): Told => [
  `${human(ns)} ± ${human(boundNs)}`,
  `${from} → ${to}`,
]

/** '370ms ± 10.0ms', 'sampled each 10.0ms, held for 2.41s'; or why it is not told. */
export function toldConvergence(convergence: Convergence): Told {
  if (convergence.is !== 'converged') return [convergence.because]
  const { ns, boundNs, heldNs, samplingNs } = convergence
  return [`${human(ns)} ± ${human(boundNs)}`, `sampled each ${human(samplingNs)}, held for ${human(heldNs)}`]
}

/** '394ms ± 4.0ms (nat-gw-a-1 → nat-gw-a-2)' */
export const inOne = ([figure, aside]: Told): string => (aside === undefined ? figure : `${figure} (${aside})`)
