// The same number of containers with nothing in them: no links, no daemons, all at once. What no lab
// on this engine can be faster than.

import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { ContainerInspectInfo } from 'dockerode'
import type { Engine } from '../../lab/engine/client.ts'
import { containerName, removeContainer } from '../../lab/engine/container.ts'
import { LABEL, owner } from '../../lab/engine/labels.ts'

/** How a container of a real lab was created, as the engine tells it. */
export type Shape = Pick<ContainerInspectInfo, 'Config' | 'HostConfig'>

/** Starts one container of each shape, in parallel. Resolves to what that took, ns, after they are removed again. */
export async function startBare(engine: Engine, shapes: readonly Shape[]): Promise<number> {
  const lab = `bench-bare-${randomBytes(3).toString('hex')}`
  const start = async ({ Config, HostConfig }: Shape): Promise<Duplex> => {
    const container = await engine.createContainer({
      ...Config,
      HostConfig,
      name: containerName(lab, Config.Hostname),
      Labels: { ...Config.Labels, [LABEL.lab]: lab, [LABEL.owner]: owner() },
    })
    // The stream is the dead-man: the shell in the container ends with it.
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true })
    await container.start()
    return stream as unknown as Duplex
  }
  const from = process.hrtime.bigint()
  try {
    await Promise.all(shapes.map(start))
    return Number(process.hrtime.bigint() - from)
  } finally {
    await Promise.all(shapes.map(({ Config }) => removeContainer(engine, containerName(lab, Config.Hostname))))
  }
}
