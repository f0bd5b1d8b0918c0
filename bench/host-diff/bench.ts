// A whole run changes nothing on the host: links, routes, rules, sysctls, namespaces and mounts are
// afterwards as they were before.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectEngine } from '../../lab/engine/client.ts'
import { LabError } from '../../lab/errors.ts'
import { type Bench, conclude, poll } from '../bench.ts'
import { table } from '../table.ts'
import { difference, extent, folded } from './difference.ts'
import { otherLabs, without } from './others.ts'
import { type Snapshot, snapshot } from './snapshot.ts'
import { readings, restless } from './volatile.ts'

const USUAL = ['npm', 'test', '--', 'scenarios/nat-failover']
/** A difference that says more than this says no more. */
const MOST_LINES = 60

export const bench: Bench = async (args) => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
  const [program = '', ...rest] = positionals.length > 0 ? positionals : USUAL
  // Without an engine there are no other labs whose mounts could be in the way.
  const engine = await connectEngine().catch(() => undefined)

  // Asked before and after the look itself, because a container is on the engine's list before it has a mount.
  const early = await otherLabs(engine, { wanted: false })
  const first = await snapshot()
  const there = new Map([...early, ...(await otherLabs(engine, { wanted: false }))])
  const before = without(there, first)

  const { status, signal, error } = spawnSync(program, rest, {
    stdio: 'inherit',
    cwd: join(import.meta.dirname, '..', '..'),
  })
  if (error) throw new LabError(`could not run ${program}: ${error.message}`, { cause: error })

  let after: Snapshot = before
  let changed: readonly string[] = []
  // The engine buries containers in its own time; what is still there when that is over, is left.
  await poll(
    'the host to be as it was',
    async () => {
      const soon = await otherLabs(engine, { wanted: true })
      const now = await snapshot()
      after = without(new Map([...there, ...soon, ...(await otherLabs(engine, { wanted: true }))]), now)
      changed = difference(before, after)
      return { holds: changed.length === 0, saw: `${changed.length} differences` }
    },
    { within: '15s', every: '1s' },
  )

  console.log('\nnot compared, because it changes by itself:')
  const left = [
    ...restless.map((rule) => [rule.in.join(', '), String(rule.match), rule.why]),
    ...readings.map(({ key, why }) => ['sysctls', String(key), why]),
  ]
  console.log(table([{ title: 'of' }, { title: 'what' }, { title: 'why' }], left))
  if (there.size > 0) console.log(`mounts of ${there.size} containers of other labs are left out`)
  const told = folded(changed)
  if (told.length > 0) console.log(`\n${told.slice(0, MOST_LINES).join('\n')}`)
  if (told.length > MOST_LINES) console.log(`and ${told.length - MOST_LINES} more`)

  const ran = `${[program, ...rest].join(' ')} ended with ${signal ?? `exit ${status}`}`
  const found =
    changed.length === 0 ? `the host is as it was: ${extent(after)} compared` : `${changed.length} lines differ`
  return conclude(changed.length === 0 && status === 0, 'the same host after a whole run', `${found}; ${ran}`)
}
