// A command in a container whose output is followed as it comes, for what does not fit a console:
// captures and database monitors.

import type { Duplex } from 'node:stream'
import { PassThrough } from 'node:stream'
import type { Engine } from './client.ts'
import type { Container } from './container.ts'

export type Following = {
  /** Standard output, chunk by chunk. */
  readonly onData: (listener: (chunk: Buffer) => void) => void
  /** What it wrote to standard error so far. */
  readonly errors: () => string
  /** Resolves when the command has ended. */
  readonly ended: Promise<void>
  readonly write: (text: string) => void
  readonly close: () => void
}

/** Starts a command by its arguments. It ends with its container, or when it is told to. */
export async function follow(
  engine: Engine,
  container: Pick<Container, 'id'>,
  command: readonly string[],
): Promise<Following> {
  const exec = await engine.getContainer(container.id).exec({
    Cmd: [...command],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  })
  const stream = (await exec.start({ hijack: true, stdin: true })) as unknown as Duplex
  const stdout = new PassThrough()
  const stderr = new PassThrough().setEncoding('utf8')
  let errors = ''
  engine.modem.demuxStream(stream, stdout, stderr)
  stderr.on('data', (text: string) => {
    errors = (errors + text).slice(-4096)
  })
  const ended = new Promise<void>((resolve) => {
    stream
      .on('end', resolve)
      .on('close', resolve)
      .on('error', () => resolve())
  })
  return {
    onData: (listener) => stdout.on('data', listener),
    errors: () => errors,
    ended,
    write: (text) => void stream.write(text),
    close: () => stream.destroy(),
  }
}
