// The Node that the project brings along as an npm package: the machine's may be too old for TypeScript.

import { spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where npm scripts find it first.
 * @param {string} root
 */
export const ownNode = (root) => join(root, 'node_modules', '.bin', 'node')

/** npm before 10 removes the link again when it drops the packages of other processors. */
function link(root) {
  const system = `${process.platform}-${process.arch}`
  const folder = [`node-${system}`, `node-bin-${system}`].find((name) => existsSync(join(root, 'node_modules', name)))
  if (folder && !existsSync(ownNode(root))) symlinkSync(join('..', folder, 'bin', 'node'), ownNode(root))
}

/** What keeps it from running, in the system's words; undefined when it runs. */
function obstacle(root) {
  const { status, stderr, error } = spawnSync(ownNode(root), ['--version'], { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr).trim().split('\n').pop()
}

/**
 * Makes it run, also where libatomic, which it is linked with, is missing. Returns one line when that
 * cannot be done, or when only a check was asked for.
 * @param {string} root
 * @param {{ check: boolean }} only
 * @returns {string | undefined}
 */
export function prepareOwnNode(root, { check }) {
  link(root)
  const seen = obstacle(root)
  if (!seen) return undefined
  if (!seen.includes('libatomic'))
    return `the project's own Node does not run on ${process.platform} ${process.arch}: ${seen}`
  if (check) return 'missing  libatomic      which the Node of the dependencies is linked with'

  const install = 'apt-get update && apt-get install -y libatomic1'
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return `the project's own Node needs libatomic; as root: ${install}; then npm run setup`
  }
  console.log(`missing  libatomic      ${install}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout } = spawnSync(`(${install}) 2>&1`, { shell: true, encoding: 'utf8', env })
  if (status === 0) return obstacle(root)
  return `${install} failed (exit ${status}):\n\n${stdout.trimEnd().split('\n').slice(-20).join('\n')}`
}
