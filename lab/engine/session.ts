// A command in a container with its input and its output in our hands, for people and their pipes.

import type { Duplex } from 'node:stream'
import type { Engine } from './client.ts'

export type Session = {
  /** Its input; ending this ends its input only. With a terminal its output comes from here, too. */
  readonly stream: Duplex
  /** Resolves with its exit code once it has ended and all of its output has come. */
  readonly ended: Promise<number>
  /** Its first process, as the host counts; it leads a process group. */
  readonly pid: () => Promise<number>
  /** How wide and high the terminal is. */
  readonly resize: (size: { columns: number; rows: number }) => Promise<void>
}

export type SessionOptions = {
  /** Gives it a terminal. */
  readonly tty: boolean
  readonly env?: readonly string[]
}

/** Starts a command by its arguments. */
export async function openSession(
  engine: Engine,
  id: string,
  command: readonly string[],
  options: SessionOptions,
): Promise<Session> {
  const { tty, env = [] } = options
  const exec = await engine.getContainer(id).exec({
    Cmd: [...command],
    Env: [...env],
    Tty: tty,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  })
  const stream = (await exec.start({ hijack: true, stdin: true, Tty: tty })) as unknown as Duplex
  const closed = new Promise<void>((resolve) => {
    stream
      .on('end', resolve)
      .on('close', resolve)
      .on('error', () => resolve())
  })
  return {
    stream,
    ended: closed.then(async () => (await exec.inspect()).ExitCode ?? 1),
    pid: async () => (await exec.inspect()).Pid,
    resize: async ({ columns, rows }) => {
      await exec.resize({ w: columns, h: rows })
    },
  }
}
