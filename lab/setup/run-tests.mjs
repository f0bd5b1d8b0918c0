// `npm test`. Plain JavaScript for any Node from 20, because without dependencies it still has to say
// what is missing. It becomes vitest in place of starting it, so that killing the one kills the other.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownNode } from './own-node.mjs'
import { filesIn, unmatched } from './test-filter.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const node = ownNode(root)
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const args = process.argv.slice(2)

function refuse(line) {
  console.error(line)
  process.exit(1)
}

if (!existsSync(node) || !existsSync(vitest)) refuse('dependencies are not installed; run npm run setup')

const complaint = unmatched(args, filesIn(root))
if (complaint) refuse(complaint)

process.chdir(root)
const command = [node, vitest, 'run', ...args]
// The runner looks for whoever started it only a second later; by then that may be gone.
const startedBy = `${process.pid}:${process.ppid}`
if (process.execve) process.execve(node, command, { ...process.env, GAMEDAY_STARTED_BY: startedBy })

// Node 20 cannot replace itself; npm puts the project's own Node first, so this is for a call by hand.
const { status } = spawnSync(node, command.slice(1), { stdio: 'inherit' })
process.exit(status ?? 1)
