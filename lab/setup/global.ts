// Once per run, before the first scenario, in the runner's process.

import { reason } from '../errors.ts'
import { preflight } from './preflight.ts'

/** Half a second: how long a run may outlive a killed npm. */
const orphanCheckMs = 500

/** Ends this process when the one that started it is gone: killing npm must not leave a lab behind. */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.exit(1), orphanCheckMs).unref()
}

/** vitest would print a stack of its own under the one line that helps, so the line ends the run itself. */
export async function setup(): Promise<void> {
  endWithParent()
  try {
    await preflight()
  } catch (thrown) {
    console.error(`\n${reason(thrown)}\n`)
    process.exit(1)
  }
}
