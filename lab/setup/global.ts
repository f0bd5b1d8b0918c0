// Once per run, in the runner's process, before the first scenario.

import { reason } from '../errors.ts'
import { preflight } from './preflight.ts'

/** vitest would print a stack of its own under the one line that helps, so the line ends the run itself. */
export async function setup(): Promise<void> {
  try {
    await preflight()
  } catch (thrown) {
    console.error(`\n${reason(thrown)}\n`)
    process.exit(1)
  }
}
