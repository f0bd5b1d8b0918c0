// For tests that bring up a lab that stays: it goes with its test all the same, also when that is killed.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Waits for the end of its input, which is the end of the test or of its process; then types lab:down. */
const WAIT = 'cat >/dev/null; exec "$@"'

/**
 * From now on the lab of this name, which need not be there yet, is taken down when `release` is called or this
 * process dies. `release` resolves once that is done.
 */
export async function leash(name: string): Promise<{ readonly release: () => Promise<void> }> {
  const down = [process.execPath, join(import.meta.dirname, 'main.ts'), 'down', name]
  // Detached: Ctrl-C is sent to the whole group, and must not reach it.
  const waits = spawn('sh', ['-c', WAIT, 'sh', ...down], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  await once(waits, 'spawn')
  return {
    release: async () => {
      const ended = once(waits, 'exit')
      waits.stdin.end()
      await ended // lab:down says that there is no such lab, where the test has taken it down itself
    },
  }
}
