// Once per run, in the runner's process: before the first test on a lab, and after the last.

import { connectEngine } from '../engine/client.ts'
import { labs } from '../engine/labs.ts'
import { sweep } from '../engine/sweep.ts'
import { reason } from '../errors.ts'
import { newHistory } from '../history.ts'
import { type Condition, waitFor } from '../until.ts'
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

/** A lab that waited for another scenario goes with its worker, which has just ended. */
export async function teardown(): Promise<void> {
  const engine = await connectEngine()
  const gone: Condition = {
    name: 'no lab to be left by a process that has ended',
    look: async () => {
      await sweep(engine)
      const orphans = (await labs(engine)).filter(({ standing }) => standing === 'orphan')
      return { holds: orphans.length === 0, saw: orphans.map(({ name }) => name).join(', ') || 'none' }
    },
  }
  const { holds, saw } = await waitFor({ history: newHistory() }, gone, { within: '15s', every: '250ms' })
  if (!holds) console.error(`\nleft behind: ${saw}\n`)
}
