// What is done when a run is over: its page and its result on disk.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { headerOf } from './header.ts'
import { outcomeOf, type Thrown } from './outcome.ts'
import { timelinePage } from './page/timeline.ts'
import { type Result, resultOf } from './result.ts'
import { type Run, readRun } from './run.ts'

/** A finished test, as vitest tells it. */
export type Finished = {
  /** The test's name. */
  readonly test: string
  /** Path of the scenario's file. */
  readonly file: string
  readonly errors: readonly Thrown[]
}

/** What this adds to the files of a run. */
const MADE = ['result.json', 'timeline.html']

export type Written = { readonly run: Run; readonly result: Result; readonly page: string }

/** Writes timeline.html and result.json into the folder of a run. */
export function finish(folder: string, { test, file, errors }: Finished): Written {
  const read = readRun(folder)
  const run = { ...read, files: [...new Set([...read.files, ...MADE])].sort() }
  const description = existsSync(file) ? headerOf(readFileSync(file, 'utf8')) : ''
  const result = resultOf(run, { test, description, outcome: outcomeOf(errors) })
  const page = join(folder, 'timeline.html')
  writeFileSync(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`)
  writeFileSync(page, timelinePage(run, result))
  return { run, result, page }
}
