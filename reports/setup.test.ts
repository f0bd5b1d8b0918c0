// The setup file at work: a vitest of its own runs a scenario without a lab, in a worker process.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startVitest } from 'vitest/node'
import { allureReporter } from './allure/reporter.ts'
import { retry } from './attempts/attempts.ts'
import { attemptsReporter } from './attempts/reporter.ts'
import type { Result } from './result.ts'

const out = mkdtempSync(join(tmpdir(), 'gameday-reports-'))
let said = ''

beforeAll(async () => {
  const note = (text: string) => {
    said += `${text}\n`
  }
  const write = (chunk: unknown, _: unknown, done: () => void) => {
    said += stripVTControlCharacters(String(chunk))
    done()
  }
  const hear = () => new Writable({ write })
  const vitest = await startVitest(
    'test',
    [],
    {
      root: join(import.meta.dirname, '..'),
      config: false,
      watch: false,
      reporters: ['verbose', allureReporter(join(out, 'allure-results')), attemptsReporter(note)],
      retry,
      name: 'scenarios',
      include: ['reports/testing/fake-scenario.ts'],
      setupFiles: ['./reports/setup.ts'],
      pool: 'forks',
      env: { FAKE_OUT: out },
    },
    {},
    { stdout: hear(), stderr: hear() },
  )
  await vitest.close()
  // A red nested run is what was wanted.
  process.exitCode = 0
}, 60_000)

afterAll(() => rmSync(out, { recursive: true }))

const result = (scenario: string): Result =>
  JSON.parse(readFileSync(join(out, scenario, '2026-11-22T15-45-08.000', 'result.json'), 'utf8'))

const lines = (text: string) => said.split('\n').filter((line) => line.includes(text))

type Allure = { name: string; status: string; historyId: string; steps: { name: string; start: number }[] }
const allure = (): Allure[] =>
  readdirSync(join(out, 'allure-results'))
    .filter((file) => file.endsWith('-result.json'))
    .map((file) => JSON.parse(readFileSync(join(out, 'allure-results', file), 'utf8')))

test('what the lab does is told once, and before the result of the test', () => {
  expect(lines('18 containers')).toHaveLength(9)
  expect(said.indexOf('18 containers')).toBeLessThan(said.indexOf('✓'))
  expect(lines('▸ a claim that holds')).toHaveLength(1)
})

test.each([
  ['holds', 'passed', undefined],
  ['breaks', 'failed', 'Finding: broken: outage at most 1s, was 3.421s ± 1ms'],
  ['falls-short', 'invalid', 'LabError: undecided: saw 0 probes'],
  ['asks-too-much', 'error', "ScenarioError: no node 'nat-gw-c-1'"],
])('the result of %s is %s', (scenario, is, because) => {
  expect(result(scenario)).toMatchObject({ is, ...(because && { because }) })
  expect(lines(`  ${is} after`).length).toBeGreaterThan(0)
})

test('what proved nothing is tried again, what the network broke is not, and each attempt has its page', () => {
  expect(lines('▸ a machine that falls short')).toHaveLength(3)
  expect(lines('▸ a machine that falls short (attempt 3: the one before proved nothing)')).toHaveLength(1)
  expect(lines('▸ a claim that breaks')).toHaveLength(1)
  expect(lines('▸ a claim that takes too long')).toHaveLength(1)
  expect(result('recovers-1')).toMatchObject({ is: 'invalid', because: 'LabError: invalid: the machine stood still' })
  expect(result('recovers-2').is).toBe('passed')
})

test('the end of the run counts what was tried again, and says why', () => {
  expect(said).toContain(
    [
      'tried again, because an attempt proved nothing: 2',
      '  a machine that falls short: failed in attempt 3, before it',
      '    undecided: saw 0 probes',
      '    undecided: saw 0 probes',
      '  a machine that recovers: passed in attempt 2, before it',
      '    invalid: the machine stood still',
    ].join('\n'),
  )
})

test('a run that was stopped by its time limit is reported after the lab has ended', () => {
  expect(result('takes-too-long')).toMatchObject({
    is: 'invalid',
    because: expect.stringContaining('timed out in 100ms'),
  })
  expect(result('takes-too-long').measures).not.toHaveLength(0)
})

test("the header of the scenario's file is in the result", () => {
  expect(result('holds').description).toContain('    nobody ── nowhere')
})

test("Allure calls the network's fault failed, and every other red broken", () => {
  const statuses = Object.fromEntries(allure().map(({ name, status }) => [name, status]))
  expect(statuses).toEqual({
    'a claim that holds': 'passed',
    'a claim that breaks': 'failed',
    'a machine that falls short': 'broken',
    'a machine that recovers': 'passed',
    'a scenario that asks too much': 'broken',
    'a claim that takes too long': 'broken',
  })
})

test("Allure's steps carry the times of the history, not of the report", () => {
  const [holds] = allure().filter(({ name }) => name === 'a claim that holds')
  const force = holds?.steps.find(({ name }) => name === 'death of nat-gw-a-1 in force')
  expect(force?.start).toBe(Date.UTC(2026, 10, 22, 15, 45, 20))
})
