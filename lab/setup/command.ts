// Running a program of this machine to its end, with one line while it works and one when it is done.

import type { ProcessPromise } from 'zx'
import { LabError } from '../errors.ts'
import { human } from '../time.ts'
import { say } from './say.ts'

/** How much of a failed program's output is evidence enough. */
const evidenceLines = 20

export const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-evidenceLines).join('\n')

/** Nanoseconds since a reading of `process.hrtime.bigint()`, in human units. */
export const since = (start: bigint): string => human(Number(process.hrtime.bigint() - start))

/** Waits for a program's end. Throws LabError with its last lines when it fails. */
export async function finish(what: string, program: ProcessPromise): Promise<void> {
  const start = process.hrtime.bigint()
  say.now(what)
  const { exitCode, signal, stdall } = await program.nothrow().quiet()
  if (exitCode !== 0) {
    throw new LabError(`${what} failed after ${since(start)} (${signal ?? `exit ${exitCode}`})`, {
      evidence: lastLines(stdall),
    })
  }
  say.done(what, since(start))
}
