// A container that runs already, of a lab that was left to stay.

import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import { PassThrough } from 'node:stream'
import type { History } from '../history.ts'
import type { Engine } from './client.ts'
import { newConsole } from './console.ts'
import { type Container, removeContainer } from './container.ts'

/**
 * Opens a console of our own in a running container. Its first process reads no more commands, but
 * what it started in the background still writes lines; those are heard as well.
 */
export async function adoptContainer(
  engine: Engine,
  { id, node }: { id: string; node: string },
  history: History,
): Promise<Container> {
  const container = engine.getContainer(id)
  const { State } = await container.inspect()
  const exec = await container.exec({
    Cmd: ['bash', '--norc', '--noprofile'],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  })
  const console = newConsole(
    node,
    engine,
    (await exec.start({ hijack: true, stdin: true })) as unknown as Duplex,
    history,
  )
  const first = (await container.attach({ stream: true, stdout: true, stderr: true })) as unknown as Duplex
  const written = new PassThrough()
  engine.modem.demuxStream(first, new PassThrough().resume(), written)
  const lines = createInterface({ input: written })
  first.on('error', () => {}) // the console says that the container is gone
  return {
    id,
    pid: State.Pid,
    console: {
      ...console,
      onLine: (listener) => {
        console.onLine(listener)
        lines.on('line', listener)
      },
      close: () => {
        first.destroy()
        console.close()
      },
    },
    remove: () => removeContainer(engine, id),
  }
}
