// `npm test` and `npm run setup` as typed on a machine that is not ready.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** A checkout as cloned: no dependencies. */
async function bareCheckout() {
  const folder = await mkdtemp(join(tmpdir(), 'gameday-bare-'))
  await cp(import.meta.dirname, join(folder, 'lab', 'setup'), { recursive: true })
  await cp(join(root, 'package-lock.json'), join(folder, 'package-lock.json'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

const run = (folder: string, script: string, ...args: string[]) =>
  execa(process.execPath, [join(folder, 'lab', 'setup', script), ...args], { reject: false, all: true })

test('npm test without dependencies says what to run', async () => {
  await using bare = await bareCheckout()
  const { all, exitCode } = await run(bare.folder, 'run-tests.mjs')
  expect([all, exitCode]).toEqual(['dependencies are not installed; run npm run setup', 1])
})

test('npm test of a scenario that is not there is one line', async () => {
  const { all, exitCode } = await run(root, 'run-tests.mjs', 'scenarios/nope')
  expect(all).toMatch(/^no scenario matches 'scenarios\/nope'; there (are: |are none yet).*$/)
  expect(exitCode).toBe(1)
})

test('setup --check on a bare checkout only says what is missing', async () => {
  await using bare = await bareCheckout()
  const { all, exitCode } = await run(bare.folder, 'bootstrap.mjs', '--check')
  expect([all, exitCode]).toEqual(['missing  dependencies   npm ci', 1])
})

test.each([
  [['--chekc'], /^Unknown option '--chekc'; usage: npm run setup .*$/],
  [['--suite'], /^Option '--suite <value>' argument missing; usage: npm run setup .*$/],
  [['extra'], /^Unexpected argument 'extra'; usage: npm run setup .*$/],
  [['--suite', 'Trixie!'], /^no Debian suite: 'Trixie!'; it is a name as in trixie, forky, sid$/],
])('setup %j is refused in one line', async (args, line) => {
  const { all, exitCode } = await run(root, 'bootstrap.mjs', ...args)
  expect(all).toMatch(line)
  expect(exitCode).toBe(1)
})
