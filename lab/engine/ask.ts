// One command in a container, and what it printed.

import { PassThrough } from 'node:stream'
import type { Engine } from './client.ts'
import { openSession } from './session.ts'

export type Told = { readonly out: string; readonly exit: number }

/** Runs a command by its arguments. What it writes to standard error is left out. */
export async function ask(engine: Engine, id: string, command: readonly string[]): Promise<Told> {
  const { stream, ended } = await openSession(engine, id, command, { tty: false })
  const out = new PassThrough()
  engine.modem.demuxStream(stream, out, new PassThrough().resume())
  void ended.then(
    () => out.end(),
    () => out.end(),
  )
  const text = (await out.toArray()).join('')
  return { out: text, exit: await ended }
}
