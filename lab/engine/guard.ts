// The dead-man of a container begins with its start. One that was created and not yet started when
// the runner was killed would stay, so a small process outlives the runner, by seconds, and
// sweeps what was its runner's and nothing else.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { LabError, reason } from '../errors.ts'
import { owner } from './labels.ts'

/** What a guard reads when it is not needed any more; without it, the end of its input is the runner's death. */
export const RELIEVED = 'relieved'

/** Starts a guard. It ends when it is relieved, or once nothing is left after this process has died. */
export async function startGuard(): Promise<{ readonly relieve: () => Promise<void> }> {
  // Detached: what is sent to the runner's process group, Ctrl-C among it, must not reach the guard.
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'guard-main.ts'), owner()], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  await once(guard, 'spawn').catch((cause: unknown) => {
    throw new LabError(`the guard over created containers did not start: ${reason(cause)}`, { cause })
  })
  guard.unref()
  const input = guard.stdin as typeof guard.stdin & { unref: () => void }
  input.unref()
  input.on('error', () => {}) // a guard that was ended by somebody else hears nothing more
  return {
    relieve: async () => {
      input.end(RELIEVED)
    },
  }
}
