// The exporter as a package of its own, for hosts with OVN: Node refuses to strip types below node_modules,
// so what is packed is JavaScript.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { VERSION } from './version.ts'

const read = (...path: string[]) => JSON.parse(readFileSync(join(import.meta.dirname, ...path), 'utf8'))

test('what it says of itself and what it needs stand in one version each', () => {
  const own = read('package.json')
  expect(own.version).toBe(VERSION)
  expect(own.dependencies).toEqual({ 'prom-client': read('..', '..', 'package.json').devDependencies['prom-client'] })
})

test('the packed exporter runs as its package says, and refuses a wrong flag in one line', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ovn-gameday-exporter-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const run = (file: string, ...args: string[]) =>
    execFileSync(file, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  // Under `npm test` the project's own .npmrc holds, which lets no dependency run scripts.
  run('npm', 'pack', '--silent', '--ignore-scripts=false', import.meta.dirname)
  run('tar', '-xf', `ovn-gameday-exporter-${VERSION}.tgz`)
  symlinkSync(join(import.meta.dirname, '..', '..', 'node_modules'), join(folder, 'package', 'node_modules'))
  const program = join('package', read('package.json').bin['ovn-gameday-exporter'])
  expect(run('node', program, '--help')).toMatch(/^ovn-gameday-exporter --role chassis\|central/)
  expect(run('node', program, '--version')).toBe(`${VERSION}\n`)
  expect(() => run('node', program, '--role', 'router')).toThrow(
    "ovn-gameday-exporter: --role wants chassis or central, not 'router'; see --help\n",
  )
})
