// What becomes of a lab when its test ends: failed, stopped, or failed with KEEP_LAB.

import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test, vi } from 'vitest'
import { oneVpc } from '../fixtures/one-vpc.ts'
import { leash } from './cli/leash.ts'
import { connectEngine } from './engine/client.ts'
import { labs } from './engine/labs.ts'
import { ofKind } from './history.ts'
import { startLab } from './lab.ts'
import type { Run } from './run.ts'

const labNamed = async (name: string) => (await labs(await connectEngine())).find((lab) => lab.name === name)

const byHand = (...args: string[]) =>
  execa(process.execPath, [join(import.meta.dirname, 'cli', 'main.ts'), ...args], { reject: false })

/** A test of our making, whose end we call. */
function madeRun(state: 'run' | 'pass' | 'fail') {
  const ends: (() => Promise<void>)[] = []
  const stop = new AbortController()
  const run: Run = {
    task: { name: 'made', meta: {}, file: { name: 'keep.lab.test.ts', tasks: [1] }, result: { state } },
    signal: stop.signal,
    onTestFinished: (end) => void ends.push(end),
  }
  const end = async () => {
    for (const each of ends) await each()
  }
  onTestFinished(end, 60_000)
  return { run, end, stop }
}

test('with KEEP_LAB a failed lab stays and can be entered and taken down, and a passed one does not stay', async () => {
  vi.stubEnv('KEEP_LAB', '1')
  onTestFinished(() => void vi.unstubAllEnvs())
  const failed = madeRun('fail')
  const { name, history } = await startLab(oneVpc, failed.run)
  onTestFinished((await leash(name)).release, 30_000)
  await failed.end()
  expect(ofKind(history, 'act').at(-1)).toMatchObject({
    text: `left standing: npm run lab:shell <node> -- --lab ${name}; npm run lab:down ${name}`,
  })
  expect(await labNamed(name)).toMatchObject({ standing: 'stays', size: 7 })
  expect((await byHand('shell', 'vpc-a-web-1', '--lab', name, 'curl', '-s', 'http://198.51.100.10/')).stdout).toBe(
    'internet 203.0.113.17',
  )
  expect(await byHand('down', name)).toMatchObject({ stdout: `removed ${name}: 7 containers`, exitCode: 0 })

  const passed = madeRun('pass')
  const lab = await startLab(oneVpc, passed.run)
  await passed.end()
  expect(await labNamed(lab.name)).toBeUndefined()
})

test('a lab is refused under a name that is taken, and the one that has it goes on', async () => {
  const first = madeRun('pass')
  const lab = await startLab(oneVpc, first.run, { name: `taken-${process.pid}` })
  const second = startLab(oneVpc, madeRun('pass').run, { name: lab.name })
  await expect(second).rejects.toThrow(
    `a lab ${lab.name} is already up, a one-vpc of 7 containers; process ${process.pid} owns it`,
  )
  expect((await lab.run('vpc-a-web-1', 'curl -s http://198.51.100.10/')).out).toBe('internet 203.0.113.17\n')
  expect(await byHand('down', lab.name)).toMatchObject({ stderr: expect.stringContaining('which lives'), exitCode: 1 })
  await first.end()
})

test('a test that is stopped while its lab comes up leaves nothing of it', async () => {
  const { run, stop, end } = madeRun('run')
  const name = `stopped-${process.pid}`
  const refused = expect(startLab(oneVpc, run, { name })).rejects.toThrow(
    'lab one-vpc did not come up: stopped by hand',
  )
  await vi.waitUntil(async () => ((await labNamed(name))?.containers.length ?? 0) > 3, { timeout: 10_000 })
  stop.abort(Object.assign(new Error('stopped by hand'), { name: 'TestRunAbortError' }))
  await end()
  expect(await labNamed(name)).toBeUndefined()
  await refused
})
