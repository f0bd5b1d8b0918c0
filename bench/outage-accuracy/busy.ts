// A machine whose cores are all busy with something else.

import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/**
 * A loop for each core, as any other process of this machine: what a neighbour's build would be. They end with
 * us, however we end: each looks now and then whether it still has the parent that it was born to.
 */
export async function keepBusy(): Promise<() => Promise<void>> {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', `while (process.ppid === ${process.pid}) for (let i = 0; i < 1e8; i++);`], {
      stdio: 'ignore',
    }),
  )
  await Promise.all(loops.map((loop) => new Promise((born, failed) => loop.once('spawn', born).once('error', failed))))
  return async () => {
    await Promise.all(
      loops.map(
        (loop) =>
          new Promise<void>((ended) => {
            loop.once('exit', () => ended())
            loop.kill('SIGKILL')
          }),
      ),
    )
  }
}
