// Every page, made anew from what the runs left on disk.

import { existsSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { allurePage } from './allure/page.ts'
import { pruneResults } from './allure/prune.ts'
import { indexPage } from './page/index-page.ts'
import { timelinePage } from './page/timeline.ts'
import { resultOf } from './result.ts'
import { readRun } from './run.ts'
import { type Listed, listRuns, pruneRuns } from './runs.ts'

/** A page also for a run that was cut off: what it saw until then is there. */
function pageOfUnfinished({ folder, scenario }: Listed): void {
  const run = readRun(folder)
  const outcome = { is: 'invalid', because: 'the run was cut off, or still goes on' } as const
  const result = resultOf(run, { test: scenario, description: '', outcome })
  writeFileSync(join(folder, 'timeline.html'), timelinePage(run, result))
}

/** Written by vitest. */
const JUNIT = 'junit.xml'

export type Pages = { readonly index: string; readonly allure?: string }

/** Writes every page below `out`; undefined where nothing ran yet. */
export async function makePages(out: string): Promise<Pages | undefined> {
  const runs = pruneRuns(listRuns(out))
  const results = join(out, 'allure-results')
  const tests = pruneResults(results)
  if (runs.length === 0 && tests === 0) return undefined
  for (const run of runs) if (!run.result) pageOfUnfinished(run)
  const places = { results, output: join(out, 'allure-report'), history: join(out, 'allure-history.jsonl') }
  const allure = tests > 0 ? await allurePage(places) : undefined
  const index = join(out, 'index.html')
  const links = {
    ...(allure && { allure: relative(out, allure) }),
    ...(existsSync(join(out, JUNIT)) && { junit: JUNIT }),
  }
  writeFileSync(index, indexPage({ runs, ...links }))
  return { index, ...(allure && { allure }) }
}
