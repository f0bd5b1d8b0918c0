// A lab that stays goes with its test: when that ends, and when its process is killed.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connectEngine } from '../engine/client.ts'
import { labs } from '../engine/labs.ts'

const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

const bringsUp = (name: string) => `
import { oneVpc } from ${from('../../fixtures/one-vpc.ts')}
import { keepUp } from ${from('../keep-up.ts')}
import { leash } from ${from('./leash.ts')}
const { release } = await leash('${name}')
await keepUp(oneVpc, '${name}', new AbortController().signal)
process.stdin.once('data', () => release().then(() => process.exit()))
console.log('it stays')
`

/** A process that has brought a lab up which stays. */
async function broughtUp(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gameday-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'made.mjs'), bringsUp(name))
  const child = spawn(process.execPath, [join(folder, 'made.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const said of child.stdout) if (String(said).includes('it stays')) break
  return child
}

test('a lab on a leash goes when its test ends, and when its process is killed', { timeout: 120_000 }, async () => {
  const engine = await connectEngine()
  const containers = async (name: string) =>
    (await labs(engine)).find((lab) => lab.name === name)?.containers.length ?? 0

  const ended = `leash-ended-${process.pid}`
  const ends = await broughtUp(ended)
  expect(await containers(ended)).toBe(7)
  ends.stdin.write('end')
  await once(ends, 'exit')
  expect(await containers(ended)).toBe(0)

  const killed = `leash-killed-${process.pid}`
  const dies = await broughtUp(killed)
  expect(await containers(killed)).toBe(7)
  dies.kill('SIGKILL')
  await vi.waitUntil(async () => (await containers(killed)) === 0, { timeout: 15_000, interval: 250 })
})
