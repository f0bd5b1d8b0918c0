// `npm test`. Plain JavaScript for any Node from 20, because without dependencies it still has to say
// what is missing. It becomes vitest in place of starting it, so that killing the one kills the other.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownNode } from './own-node.mjs'
import { everything, filesIn, selected, unmatched } from './test-filter.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const node = ownNode(root)
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const asked = process.argv.slice(2)
const args = asked.filter((arg) => arg !== '--nightly')

function refuse(line) {
  console.error(line)
  process.exit(1)
}

if (!existsSync(node) || !existsSync(vitest)) refuse('dependencies are not installed; run npm run setup')

// Only scenarios can be planned; what is tested on a lab has no plan.
const planned = args.some((arg) => arg.startsWith('--config=vitest.plan'))
const files = filesIn(root).filter((file) => !planned || /^scenarios\/[^/]+$/.test(file))
const complaint = unmatched(args, files)
if (complaint) refuse(complaint)

const { ATTEMPTS = '' } = process.env
if (!/^[1-9]?$/.test(ATTEMPTS)) refuse(`ATTEMPTS is '${ATTEMPTS}'; it is how often a test is tried at most, 1 to 9`)

process.chdir(root)
const command = [node, vitest, 'run', ...args]
// The runner looks for whoever started it only a second later; by then that may be gone.
const startedBy = `${process.pid}:${process.ppid}`
// One scenario brings a lab up and takes it down; several may share one.
const shared = selected(args, files).filter((file) => /^scenarios\/[^/]+$/.test(file)).length > 1 ? '1' : '0'
// What only makes a claim again, of another variant, is left to the nightly run.
const nightly = planned || everything(asked) ? '1' : '0'
const env = { ...process.env, GAMEDAY_STARTED_BY: startedBy, GAMEDAY_SHARED: shared, GAMEDAY_NIGHTLY: nightly }
if (process.execve) process.execve(node, command, env)

// Node 20 cannot replace itself; npm puts the project's own Node first, so this is for a call by hand.
const { status } = spawnSync(node, command.slice(1), { stdio: 'inherit', env: { ...env, GAMEDAY_STARTED_BY: '' } })
process.exit(status ?? 1)
