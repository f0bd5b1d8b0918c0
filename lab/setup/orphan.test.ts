// A run that is killed, at whichever of its processes, leaves no process behind. Scenarios rely on it:
// their containers end with the worker that holds them.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { starterOf } from './orphan.ts'

const root = join(import.meta.dirname, '..', '..')

const neverEnds = `
import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
test('never ends', () => {
  writeFileSync(import.meta.dirname + '/worker.pid', String(process.pid))
  setInterval(() => {}, 1000)
  return new Promise(() => {})
}, 600_000)
`

/** A project of one test that never ends, inside the checkout so that it finds vitest. */
function endlessProject() {
  mkdirSync(join(root, 'reports', 'out'), { recursive: true })
  const folder = mkdtempSync(join(root, 'reports', 'out', 'endless-'))
  writeFileSync(join(folder, 'endless.test.ts'), neverEnds)
  const globalSetup = join(import.meta.dirname, 'orphan.ts')
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `export default { test: { globalSetup: '${globalSetup}', pool: 'forks' } }`,
  )
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** proc_pid_stat(5): a process that ended stays as 'Z' until its parent, here perhaps PID 1, looks. */
function alive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function workerOf(folder: string): Promise<number> {
  const file = join(folder, 'worker.pid')
  await vi.waitUntil(() => existsSync(file) && readFileSync(file, 'utf8') !== '', { timeout: 20_000 })
  return Number(readFileSync(file, 'utf8'))
}

test.each([
  ['the process that npm test starts', (runTests: string[]) => spawn(process.execPath, runTests, { stdio: 'ignore' })],
  [
    'the process that started it',
    (runTests: string[]) => spawn('sh', ['-c', '"$@"; true', 'sh', process.execPath, ...runTests], { stdio: 'ignore' }),
  ],
])(
  'killing %s ends the worker in which a test runs',
  async (_, start) => {
    using project = endlessProject()
    const child = start([join(import.meta.dirname, 'run-tests.mjs'), `--root=${project.folder}`])
    const worker = await workerOf(project.folder).finally(() => child.kill('SIGKILL'))
    await vi.waitUntil(() => !alive(worker), { timeout: 5000 })
  },
  30_000,
)

test('who started a run is what that run noted, and no other', () => {
  expect(starterOf('200:100', { pid: 200, ppid: 1 })).toBe(100)
  expect(starterOf('199:100', { pid: 200, ppid: 42 })).toBe(42)
  expect(starterOf(undefined, { pid: 200, ppid: 42 })).toBe(42)
})
