import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withoutAnalytics } from './allure/page.ts'
import { pruneResults } from './allure/prune.ts'
import { finish } from './finish.ts'
import { makePages } from './pages.ts'
import { listRuns, pruneRuns } from './runs.ts'
import { natFailover } from './testing/nat-failover.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'gameday-runs-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

/** A run on disk; without errors to tell of it was cut off. */
function leave(out: string, scenario: string, time: string, errors?: { name: string; message: string }[]): string {
  const run = join(out, scenario, time)
  mkdirSync(run, { recursive: true })
  const { events, topology } = natFailover()
  const lines = [{ epoch: '1795362308000000000' }, ...events.filter(({ kind }) => kind !== 'flow-record')]
  writeFileSync(join(run, 'history.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'))
  writeFileSync(join(run, 'topology.json'), JSON.stringify(topology))
  if (errors) finish(run, { test: `claim of ${scenario}`, file: '', errors })
  return run
}

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T15-45-08.000`

test('runs are listed newest first, without links and what is no run', () => {
  const out = folder()
  leave(out, 'a', day(1), [])
  leave(out, 'a', day(2))
  symlinkSync(day(2), join(out, 'a', 'latest'))
  mkdirSync(join(out, 'allure-report'))
  const listed = listRuns(out).map(({ scenario, time, result }) => [scenario, time, result?.is])
  expect(listed).toEqual([
    ['a', day(2), undefined],
    ['a', day(1), 'passed'],
  ])
})

test('twenty passed runs of a scenario are kept, and every one that did not pass', () => {
  const out = folder()
  leave(out, 'a', day(1), [{ name: 'Finding', message: 'broken' }])
  for (let n = 2; n <= 24; n++) leave(out, 'a', day(n), [])
  leave(out, 'b', day(1), [])
  const kept = pruneRuns(listRuns(out))
  expect(kept).toHaveLength(22)
  expect(readdirSync(join(out, 'a'))).toContain(day(1))
  expect(readdirSync(join(out, 'a'))).not.toContain(day(4))
  expect(readdirSync(join(out, 'a'))).toContain(day(5))
})

test('no run, no pages', async () => {
  expect(await makePages(folder())).toBeUndefined()
})

test('the index leads to every run, and a run that was cut off has a page', async () => {
  const out = folder()
  leave(out, 'a', day(1), [{ name: 'Finding', message: 'broken: <b>outage</b>' }])
  const cut = leave(out, 'b', day(1))
  const pages = await makePages(out)
  const index = readFileSync(pages?.index ?? '', 'utf8')
  expect(index).toContain(`href="a/${day(1)}/timeline.html"`)
  expect(index).toContain('Finding: broken: &lt;b&gt;outage&lt;/b&gt;')
  expect(existsSync(join(cut, 'timeline.html'))).toBe(true)
})

/** As allure-vitest leaves it. */
function allureResult(results: string, uuid: string, historyId: string, stop: number): void {
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, `${uuid}-attachment.csv`), 'a,b')
  const attachments = [{ name: 'measures', source: `${uuid}-attachment.csv`, type: 'text/csv' }]
  const result = {
    uuid,
    historyId,
    name: 'a claim',
    fullName: 'a#claim',
    status: 'passed',
    stage: 'finished',
    start: 1,
    stop,
  }
  const body = { ...result, steps: [], labels: [], links: [], parameters: [], attachments }
  writeFileSync(join(results, `${uuid}-result.json`), JSON.stringify(body))
}

test('of the same test the newest result stays, with its attachments', () => {
  const results = join(folder(), 'allure-results')
  allureResult(results, 'old', 'same', 1000)
  allureResult(results, 'new', 'same', 2000)
  allureResult(results, 'other', 'another', 1)
  expect(pruneResults(results)).toBe(2)
  const stay = ['new-attachment.csv', 'new-result.json', 'other-attachment.csv', 'other-result.json']
  expect(readdirSync(results).sort()).toEqual(stay)
})

test("Allure's page is one file, and loads nothing from elsewhere", async () => {
  const out = folder()
  allureResult(join(out, 'allure-results'), 'one', 'one', 1000)
  const pages = await makePages(out)
  const page = readFileSync(pages?.allure ?? '', 'utf8')
  expect(page).toContain('ovn-gameday')
  expect(page).not.toContain('googletagmanager')
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
}, 30_000)

test('only the scripts that report to others are taken out', () => {
  const ours = '<script>start()</script>'
  const theirs = '<script async src="https://www.googletagmanager.com/gtag/js?id=G"></script>\n <script>gtag()</script>'
  expect(withoutAnalytics(`${ours}${theirs}${ours}`)).toBe(`${ours}${ours}`)
})
