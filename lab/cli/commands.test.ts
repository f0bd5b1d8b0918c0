// The commands as typed, as far as they come without an engine.

import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { topologies } from '../../fixtures/index.ts'

const main = join(import.meta.dirname, 'main.ts')

const lab = (...args: string[]) => execa(process.execPath, [main, ...args], { reject: false })

test.each([
  [['nope'], 2, "no command 'nope'; there are up, status, shell, capture, down, heal"],
  [['up', 'three-vpcs'], 1, `no topology 'three-vpcs'; there are ${Object.keys(topologies).join(', ')}`],
  [['up', '--name', 'My Lab'], 2, "no name for a lab: 'My Lab'; take a-z, 0-9 and -, at most 41"],
  [['status', 'x'], 2, 'too many words: x; usage: npm run lab:status'],
  [['capture'], 2, '<link> is missing; usage: npm run lab:capture <link> [-- --lab NAME] [-w FILE] [filter …]'],
])('lab:%s ends in one line', async (args, exit, line) => {
  const { stdout, stderr, exitCode } = await lab(...args)
  expect([stdout, stderr, exitCode]).toEqual(['', line, exit])
})

test.each([['up'], ['status'], ['shell', 'x'], ['capture', 'x'], ['down'], ['heal']])(
  'lab:%s without an engine says the way out',
  async (...args) => {
    const { stderr, exitCode } = await execa(process.execPath, [main, ...args], {
      env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
      reject: false,
    })
    expect([stderr, exitCode]).toEqual(['no Docker engine at unix:///nowhere/docker.sock; run npm run setup', 1])
  },
)

test.each(['up', 'status', 'shell', 'capture', 'down'])('lab:%s explains itself', async (command) => {
  const { stdout, exitCode } = await lab(command, '--help')
  expect(stdout).toMatch(new RegExp(`^npm run lab:${command}.*\n\n.{80}`))
  expect(exitCode).toBe(0)
})

test('without a command there is the list of them', async () => {
  expect((await lab()).stdout.match(/npm run lab:\w+/g)).toHaveLength(5)
})
