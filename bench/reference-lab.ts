// A lab for one bench: taken down whatever becomes of it, Ctrl-C included, with all that it left on disk.

import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { LabError, reason } from '../lab/errors.ts'
import { startLab } from '../lab/lab.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'

/** Uses a lab, by default the reference lab, and ends it. A first Ctrl-C ends it in order, a second one at once: its containers die with us. */
export async function withReferenceLab<T>(use: (lab: Lab) => Promise<T>, topology: Topology = twoVpcs): Promise<T> {
  const interrupted = new AbortController()
  const stop = () => interrupted.abort(new LabError('interrupted; the lab was taken down'))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const lab = await startLab(topology, { signal: interrupted.signal })
    try {
      return await use(lab)
    } finally {
      await lab[Symbol.asyncDispose]().catch((error: unknown) => console.error(reason(error)))
      rmSync(lab.evidence, { recursive: true, force: true })
      rmSync(join(dirname(lab.evidence), 'latest'), { force: true })
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}
