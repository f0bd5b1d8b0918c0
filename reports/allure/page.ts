// Allure's HTML page, as one file: its page of many files asks for a server.

import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AllureReport, resolveConfig } from '@allurereport/core'
import { categories } from './categories.ts'

export type Places = {
  readonly results: string
  /** Folder of the page, made anew. */
  readonly output: string
  /** What earlier pages came to; its trends are drawn from there. */
  readonly history: string
}

/** Allure's own page reports its use to Google. Ours loads and sends nothing. */
export const withoutAnalytics = (page: string): string =>
  page.replaceAll(/<script[^>]*googletagmanager[^>]*><\/script>\s*<script>[\s\S]*?<\/script>/g, '')

/** Whether a result is younger than the history: the same results twice would draw as two runs. */
function isNew({ results, history }: Places): boolean {
  if (!existsSync(history)) return true
  const told = statSync(history).mtimeMs
  return readdirSync(results).some((file) => statSync(join(results, file)).mtimeMs > told)
}

/** Makes the page and returns its path. */
export async function allurePage(places: Places): Promise<string> {
  const { results, output, history } = places
  rmSync(output, { recursive: true, force: true })
  const options = {
    singleFile: true,
    reportLanguage: 'en',
    stepTreeExpansion: 'expand_failed_only',
    groupBy: ['feature'],
  }
  const config = await resolveConfig({
    name: 'ovn-gameday',
    output,
    historyPath: history,
    historyLimit: 50,
    appendHistory: isNew(places),
    categories,
    plugins: { awesome: { options } },
  })
  const report = new AllureReport(config)
  await report.start()
  await report.readDirectory(results)
  await report.done()
  const page = join(output, 'index.html')
  writeFileSync(page, withoutAnalytics(readFileSync(page, 'utf8')))
  return page
}
