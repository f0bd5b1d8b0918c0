// Whether node_modules holds what package-lock.json asks for. npm keeps a lock file of what it installed.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Packages of the lock file that are missing or other. Optional ones may be missing: they belong to
 * other processors and systems.
 * @param {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} locked
 * @param {{ packages: Record<string, { version?: string, integrity?: string }> } | undefined} installed
 * @returns {string[]}
 */
export function outdated(locked, installed) {
  return Object.entries(locked.packages).flatMap(([path, wanted]) => {
    const there = installed?.packages[path]
    if (path === '' || (!there && wanted.optional)) return []
    return there?.version === wanted.version && there?.integrity === wanted.integrity ? [] : [path]
  })
}

/**
 * @param {string} root
 * @returns {boolean}
 */
export function dependenciesMatch(root) {
  const read = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'))
  try {
    return outdated(read('package-lock.json'), read('node_modules', '.package-lock.json')).length === 0
  } catch (thrown) {
    if (thrown.code === 'ENOENT') return false
    throw thrown
  }
}
