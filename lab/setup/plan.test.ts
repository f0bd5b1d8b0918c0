// `npm run plan` as typed: every scenario of the project can be planned, without an engine.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const plan = (...args: string[]) =>
  execa(process.execPath, [join(import.meta.dirname, 'run-tests.mjs'), '--config=vitest.plan.config.ts', ...args], {
    cwd: root,
    env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    reject: false,
  })

test('every scenario can be planned, from its start to its claims, and nothing is started', {
  timeout: 60_000,
}, async () => {
  const { stdout, stderr, exitCode } = await plan()
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  const scenarios = readdirSync(join(root, 'scenarios')).filter((file) => file.endsWith('.test.ts'))
  const told = stdout.split(/^scenarios\//m).slice(1)
  expect(told.map((text) => text.split('\n', 1)[0]).sort()).toEqual(scenarios.sort())
  const partly = told.filter(
    (text) => !/ start {4}/.test(text) || !/ judge {4}/.test(text) || /from here on/.test(text),
  )
  expect(partly).toEqual([])
})

test('a scenario that is not there is refused in one line', async () => {
  const { stderr, exitCode } = await plan('scenarios/red/residue')
  expect(stderr).toMatch(/^no scenario matches 'scenarios\/red\/residue'; there are: scenarios\/[^\n]*$/)
  expect(exitCode).toBe(1)
})
