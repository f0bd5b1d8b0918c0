import { expect, test } from 'vitest'
import { fingerprint, imageName } from './name.ts'

test('an image is named by its suite and twelve hex digits of its inputs', () => {
  expect(imageName('trixie')).toMatch(/^ovn-gameday-lab:trixie-[0-9a-f]{12}$/)
  expect(imageName('trixie')).toBe(imageName('trixie'))
})

test('another suite, content, path or border between them is another image', () => {
  const names = [
    fingerprint({ a: 'x', b: 'y' }, 'trixie'),
    fingerprint({ a: 'x', b: 'y' }, 'sid'),
    fingerprint({ a: 'x', b: 'z' }, 'trixie'),
    fingerprint({ a: 'x', c: 'y' }, 'trixie'),
    fingerprint({ a: 'xb', b: '' }, 'trixie'),
  ]
  expect(new Set(names).size).toBe(names.length)
})

test('the order in which files are found does not matter', () => {
  expect(fingerprint({ b: 'y', a: 'x' }, 'trixie')).toBe(fingerprint({ a: 'x', b: 'y' }, 'trixie'))
})
