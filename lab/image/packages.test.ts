import { expect, test } from 'vitest'
import { packagesFor } from './packages.ts'

const lock = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0', dependencies: { b: '^1', c: '^2' } },
    'node_modules/b': { version: '1.0.0', dependencies: { c: '^1' } },
    'node_modules/b/node_modules/c': { version: '1.0.0', dependencies: { d: '*' } },
    'node_modules/c': { version: '2.0.0', dependencies: { d: '*' } },
    'node_modules/d': { version: '3.0.0', dependencies: { a: '*' } },
    'node_modules/other': { version: '9.0.0' },
  },
}

test('a package comes with all that it depends on, each from where Node finds it', () => {
  expect(Object.keys(packagesFor(['a'], lock))).toEqual([
    'node_modules/a',
    'node_modules/b',
    'node_modules/b/node_modules/c',
    'node_modules/c',
    'node_modules/d',
  ])
})

test('another version of any of them is another set', () => {
  const newer = { packages: { ...lock.packages, 'node_modules/d': { version: '3.0.1' } } }
  expect(packagesFor(['c'], newer)).not.toEqual(packagesFor(['c'], lock))
})

test('one that the lock file has not is refused', () => {
  expect(() => packagesFor(['e'], lock)).toThrow('package-lock.json has no e, which a program needs')
})
