// All runs on disk: reports/out/<scenario>/<time>/.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Result } from './result.ts'

export type Listed = {
  readonly scenario: string
  /** '2026-11-22T15-45-08.000' */
  readonly time: string
  readonly folder: string
  /** None: the run was cut off, or still goes on. */
  readonly result?: Result
}

// Written by `finish`; the parts that lists read, so that a result of an older version is left out.
const listed = z.looseObject({
  is: z.enum(['passed', 'failed', 'invalid', 'aborted', 'error']),
  test: z.string(),
  tookNs: z.number(),
  measures: z.array(z.looseObject({ flow: z.string(), direction: z.string(), phase: z.string(), sent: z.number() })),
  claims: z.array(z.looseObject({ claim: z.string() })),
})

function resultIn(folder: string): Result | undefined {
  const file = join(folder, 'result.json')
  if (!existsSync(file)) return undefined
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return listed.safeParse(value).success ? (value as Result) : undefined
  } catch {
    return undefined
  }
}

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : []

/** Scenario by scenario, the newest run first. A folder without a history is no run. */
export function listRuns(out: string): Listed[] {
  return foldersIn(out)
    .sort()
    .flatMap((scenario) =>
      foldersIn(join(out, scenario))
        .filter((time) => existsSync(join(out, scenario, time, 'history.jsonl')))
        .sort()
        .reverse()
        .map((time) => {
          const folder = join(out, scenario, time)
          const result = resultIn(folder)
          return { scenario, time, folder, ...(result && { result }) }
        }),
    )
}

/** Of each scenario so many runs that passed are kept, and so many without a verdict. */
const KEPT = 20

/** Removes the oldest runs beyond those; returns the runs that stay. Every red one is evidence, and stays. */
export function pruneRuns(runs: readonly Listed[]): Listed[] {
  const groups = Map.groupBy(runs, ({ scenario, result }) => `${scenario} ${result?.is ?? 'unfinished'}`)
  const expendable = [...groups].filter(([key]) => key.endsWith(' passed') || key.endsWith(' unfinished'))
  const old = new Set(expendable.flatMap(([, newestFirst]) => newestFirst.slice(KEPT)))
  for (const { folder } of old) rmSync(folder, { recursive: true })
  return runs.filter((run) => !old.has(run))
}
