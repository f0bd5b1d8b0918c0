// `npm run setup`. Plain JavaScript for any Node from 20: on a bare machine this is all that runs. It
// brings the dependencies, with them the project's own Node, and hands over to main.ts.

import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { dependenciesMatch } from './dependencies.mjs'
import { ownNode, prepareOwnNode } from './own-node.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const usage = 'usage: npm run setup [-- [--check] [--suite trixie]]'

function stop(line) {
  console.error(line)
  process.exit(1)
}

function options() {
  try {
    const suite = { type: 'string', default: process.env.GAMEDAY_SUITE || 'trixie' }
    return parseArgs({ options: { check: { type: 'boolean', default: false }, suite } }).values
  } catch (thrown) {
    return stop(`${thrown.message.split('. ')[0]}; ${usage}`)
  }
}

/** npm by the Node that runs it: the project's own Node, first in the path, is about to be replaced. */
function npmCi() {
  const { npm_node_execpath: by, npm_execpath: npm } = process.env
  const [program, ...first] = by && npm ? [by, npm] : ['npm']
  const args = [...first, 'ci', '--include=dev', '--include=optional', '--loglevel=error']
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (error) stop(`cannot run npm: ${error.message}`)
  if (status !== 0) stop(`npm ci failed (exit ${status}); what it said is above`)
}

const { check, suite } = options()
if (!/^[a-z][a-z0-9-]*$/.test(suite)) stop(`no Debian suite: '${suite}'; it is a name as in trixie, forky, sid`)

const there = dependenciesMatch(root)
if (!check) {
  console.log(
    `setup: npm dependencies, a Docker engine, debian:${suite}-slim, the lab image; what is there stays as it is`,
  )
}
console.log(
  `${there ? 'ok     ' : 'missing'}  ${'dependencies'.padEnd(14)} ${there ? 'as in package-lock.json' : 'npm ci'}`,
)
if (!there) {
  if (check) process.exit(1)
  npmCi()
}
const complaint = prepareOwnNode(root, { check })
if (complaint) stop(complaint)

// Types are stripped from the programs of the lab image by a function of Node that warns of itself.
const quiet = '--disable-warning=ExperimentalWarning'
const args = [quiet, join(root, 'lab', 'setup', 'main.ts'), '--suite', suite, ...(check ? ['--check'] : [])]
process.exit(spawnSync(ownNode(root), args, { cwd: root, stdio: 'inherit' }).status ?? 1)
