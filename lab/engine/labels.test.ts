import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { owner, ownerLives } from './labels.ts'

const [boot, , started] = owner().split(':')

test('this process lives, and says so the same way each time', () => {
  expect(ownerLives(owner())).toBe(true)
  expect(owner()).toMatch(/^[0-9a-f]{8}:\d+:\d+$/)
})

test.each([
  ['a process that is not there', `${boot}:4194305:${started}`],
  ['a later process with the same number', `${boot}:${process.pid}:1`],
  ['a process of an earlier boot', `00000000:${process.pid}:${started}`],
  ['nobody', 'nobody'],
  ['no label at all', ''],
])('%s does not live', (_, label) => {
  expect(ownerLives(label)).toBe(false)
})

test('a process that was killed does not live', async () => {
  const script = `import(process.argv[1]).then(({ owner }) => { console.log(owner()); setInterval(() => {}, 1000) })`
  const child = spawn(process.execPath, ['-e', script, new URL('./labels.ts', import.meta.url).href])
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  const label = String(said).trim()
  expect(ownerLives(label)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(ownerLives(label)).toBe(false)
})
