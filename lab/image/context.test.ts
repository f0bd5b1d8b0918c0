import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { inputs, programCommand, stripped, writeContext } from './context.ts'

test('types are stripped, and imports name what is there', () => {
  const source = `import { type Counter, counter } from './counts.ts'
import type { Told } from '../traffic/events.ts'
export { a } from '../a.ts'
const path: string = './b.ts'`
  const code = stripped(source)
  expect(code).toMatch(/^import \{ +counter \} from '\.\/counts\.js'$/m)
  expect(code).toContain("export { a } from '../a.js'")
  expect(code).toContain("'./b.ts'")
  expect(code).not.toMatch(/Told|: string/)
})

test('the context holds all that the image is built from, and the programs run from it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ovn-gameday-context-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeContext(folder)
  expect(existsSync(join(folder, 'Dockerfile'))).toBe(true)
  const [, program = ''] = programCommand('http').split('ovn-gameday/')
  expect(readFileSync(join(folder, 'programs', program), 'utf8')).toContain("from './http-client.js'")
  // Parses it, resolves every import of it, and runs it: without options it has no epoch to count from.
  const run = () => execFileSync(process.execPath, [join(folder, 'programs', program)], { stdio: 'pipe' })
  expect(run).toThrow(/BigInt/)
})

test('a program, and the version of a package it imports, are part of what the image is', () => {
  const all = inputs()
  expect(Object.keys(all)).toContain('lab/programs/sessions.ts')
  expect(Object.keys(all)).toContain('lab/traffic/histogram.ts')
  expect(String(all['programs/packages.json'])).toMatch(/node_modules\/autocannon": \{\s+"version"/)
  expect(Object.keys(all).filter((path) => /\.test\.ts$|\.d\.ts$|context\.ts$/.test(path))).toEqual([])
})
