// Outages to make: of random length, at random moments, the same for the same seed.

import type { Chance } from '../../lab/random.ts'

/** An outage to make, and for how long all is well before it. */
export type Planned = { readonly pauseNs: number; readonly lengthNs: number }

export const SHORTEST_NS = 20e6
export const LONGEST_NS = 2e9
/** Between two outages: long enough to see that all is well, of no whole number of gaps. */
const PAUSE_NS = { least: 500e6, most: 700e6 }

/** As many short as long ones: lengths are even on a logarithmic scale, as people compare them. */
export const plan = (outages: number, draw: Chance): Planned[] =>
  Array.from({ length: outages }, () => ({
    pauseNs: PAUSE_NS.least + draw() * (PAUSE_NS.most - PAUSE_NS.least),
    lengthNs: SHORTEST_NS * (LONGEST_NS / SHORTEST_NS) ** draw(),
  }))
