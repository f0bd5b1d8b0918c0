// A container that was created and never started has no dead-man yet. The guard takes it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connectEngine } from './client.ts'
import { labContainers } from './labs.ts'
import { sweep } from './sweep.ts'

const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

const createsOnly = (guarded: boolean) => `
import { connectEngine } from ${from('./client.ts')}
import { startGuard } from ${from('./guard.ts')}
import { LABEL, owner } from ${from('./labels.ts')}
import { imageName } from ${from('../image/name.ts')}
const engine = await connectEngine()
${guarded ? 'await startGuard()' : ''}
const Labels = { [LABEL.lab]: 'half-made', [LABEL.node]: 'patchbay', [LABEL.topology]: 'none', [LABEL.owner]: owner() }
await engine.createContainer({ Image: imageName(), Cmd: ['true'], Labels, NetworkDisabled: true })
process.kill(process.pid, 'SIGKILL')
`

async function killedWhileCreating(guarded: boolean): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'gameday-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'half.mjs'), createsOnly(guarded))
  const child = spawn(process.execPath, [join(folder, 'half.mjs')], { stdio: 'inherit' })
  await once(child, 'exit')
  return child.pid
}

test('a container that its killed runner created and never started is gone within 15 s', {
  timeout: 60_000,
}, async () => {
  const engine = await connectEngine()
  const left = async (pid: number | undefined) =>
    (await labContainers(engine)).filter(({ owner }) => owner.split(':')[1] === String(pid))

  const unguarded = await killedWhileCreating(false)
  expect(await left(unguarded)).toHaveLength(1) // so there is something to guard against
  const guarded = await killedWhileCreating(true)
  await vi.waitUntil(async () => (await left(guarded)).length === 0, { timeout: 15_000, interval: 250 })
  expect(await left(unguarded)).toHaveLength(1) // not the guard's
  await sweep(engine)
  expect(await left(unguarded)).toHaveLength(0)
})
