// What all benches have in common.

import { ScenarioError } from '../lab/errors.ts'
import { newHistory } from '../lab/history.ts'
import { type Condition, type Wait, waitFor } from '../lab/until.ts'

/** Prints a table, then one line with the figure against its requirement. Resolves to whether that is met. */
export type Bench = (args: readonly string[]) => Promise<boolean>

/** '20' → 20. Throws ScenarioError unless it is a whole number of at least 1. */
export function count(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new ScenarioError(`${option} wants a whole number of at least 1, not '${text}'`)
}

/** The last line of a bench: 'met    time to ready at most 12.0s: median 8.30s of 5 runs, 7.91s to 9.12s'. */
export function conclude(met: boolean, wanted: string, measured: string): boolean {
  console.log(`\n${met ? 'met   ' : 'MISSED'}  ${wanted}: ${measured}`)
  return met
}

/** Looks until something is so, or the time is up. A bench has no lab whose history could take this. */
export const poll = (name: string, look: Condition['look'], wait: Wait) =>
  waitFor({ history: newHistory() }, { name, look }, wait)
