// However a runner ends, its containers end with it; and what a crash of the engine itself might leave,
// the next run's sweep takes: never a living run's, never what was left to stay.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newHistory } from '../history.ts'
import { imageName } from '../image/name.ts'
import { connectEngine, type Engine } from './client.ts'
import { type ContainerSpec, removeContainer, startContainer } from './container.ts'
import { owner } from './labels.ts'
import { labContainers, stayingName } from './labs.ts'
import { sweep } from './sweep.ts'

const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

const holdsALab = `
import { oneVpc } from ${from('../../fixtures/one-vpc.ts')}
import { startLab } from ${from('../lab.ts')}
const { name } = await startLab(oneVpc)
console.log('up', name)
setInterval(() => {}, 1000)
`

/** A process that brings a lab up and holds it; killed at the latest when the test ends. */
function holder(): ChildProcess {
  const folder = mkdtempSync(join(tmpdir(), 'gameday-'))
  writeFileSync(join(folder, 'holder.mjs'), holdsALab)
  const child = spawn(process.execPath, [join(folder, 'holder.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  return child
}

const ownedBy = async (engine: Engine, pid: number | undefined) =>
  (await labContainers(engine)).filter((container) => container.owner.split(':')[1] === String(pid))

test('the containers of a killed runner are gone within 15 s', { timeout: 90_000 }, async () => {
  const engine = await connectEngine()
  const child = holder()
  const said = await new Promise<string>((resolve) => child.stdout?.once('data', (text) => resolve(String(text))))
  expect(said).toMatch(/^up one-vpc-/)
  expect(await ownedBy(engine, child.pid)).toHaveLength(7)

  child.kill('SIGKILL')
  await vi.waitUntil(async () => (await ownedBy(engine, child.pid)).length === 0, { timeout: 15_000, interval: 250 })
})

test('a runner that is killed while it brings a lab up leaves nothing either', { timeout: 90_000 }, async () => {
  const engine = await connectEngine()
  const child = holder()
  await vi.waitUntil(async () => (await ownedBy(engine, child.pid)).length > 2, { timeout: 30_000, interval: 10 })

  child.kill('SIGKILL')
  await once(child, 'exit')
  // What was created and not yet started has no first process that could end: that is the sweep's.
  await vi.waitUntil(
    async () => {
      await sweep(engine)
      return (await ownedBy(engine, child.pid)).length === 0
    },
    { timeout: 15_000, interval: 250 },
  )
})

test('a sweep takes what dead runs left, and neither a living run’s nor what stays', async () => {
  const engine = await connectEngine()
  const [boot, , started] = owner().split(':')
  const dead = `${boot}:4194305:${started}`
  const start = async (lab: string, more: Partial<ContainerSpec>) => {
    const spec = { lab, node: 'web-1', topology: 'none', madeFrom: '', size: 1, image: imageName(), capabilities: [] }
    const { id } = await startContainer(engine, { ...spec, owner: dead, ...more }, newHistory())
    onTestFinished(() => removeContainer(engine, id))
    return id
  }
  const name = `swept-${process.pid}`
  const living = await start(`${name}-living`, { owner: owner() })
  const staying = await start(`${name}-staying`, {})
  await engine.getContainer(staying).rename({ name: stayingName(`${name}-staying`, 'web-1') })
  const orphan = await start(`${name}-orphan`, {})

  const swept = (await sweep(engine)).map(({ id }) => id)
  const left = (await labContainers(engine)).map(({ id }) => id)
  expect([living, staying, orphan].filter((id) => left.includes(id))).toEqual([living, staying])
  expect(swept).not.toContain(living)
})
