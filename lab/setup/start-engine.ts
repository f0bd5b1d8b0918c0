// Starting an installed engine: through systemd where that runs, else as a process of its own that
// outlives this one.

import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { $ } from 'zx'
import { LabError } from '../errors.ts'
import { newHistory } from '../history.ts'
import { waitFor } from '../until.ts'
import { isRoot } from './apt.ts'
import { finish, lastLines, since } from './command.ts'
import { engineHost, probeEngine } from './engine-state.ts'
import { say } from './say.ts'

const pidFile = '/var/run/docker.pid'

/** Whether an engine that does not answer yet is already on its way, started by its package's script. */
function isStarting(): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

function logFile(): string {
  try {
    accessSync('/var/log', constants.W_OK)
    return '/var/log/dockerd.log'
  } catch {
    return join(tmpdir(), 'dockerd.log')
  }
}

function spawnEngine(log: string) {
  const output = openSync(log, 'a')
  const engine = spawn('dockerd', [], { detached: true, stdio: ['ignore', output, output] })
  engine.unref()
  return engine
}

/** Starts the engine and waits until it answers. Throws LabError with the last lines of its log. */
export async function startEngine(): Promise<void> {
  if (existsSync('/run/systemd/system')) {
    if (!isRoot()) throw new LabError('the Docker engine is not running; as root: systemctl start docker')
    await finish('systemctl start docker', $`systemctl start docker`)
  }
  if (!isRoot()) throw new LabError('the Docker engine is not running; as root: dockerd &')
  const start = process.hrtime.bigint()
  const log = logFile()
  const engine = existsSync('/run/systemd/system') || isStarting() ? undefined : spawnEngine(log)
  const answers = {
    name: `the Docker engine to answer at ${engineHost()}`,
    look: async () => {
      const gone = engine !== undefined && engine.exitCode !== null
      if (gone)
        throw new LabError(`dockerd ended at once (exit ${engine.exitCode}); the end of ${log}:`, {
          evidence: lastLines(readFileSync(log, 'utf8')),
        })
      const { is } = await probeEngine()
      return { holds: is === 'ready', saw: is }
    },
  }
  say.now('starting dockerd')
  const { holds, saw } = await waitFor({ history: newHistory() }, answers, { within: '60s', every: '500ms' })
  if (!holds) {
    const evidence = existsSync(log) ? `${log}:\n${lastLines(readFileSync(log, 'utf8'))}` : undefined
    throw new LabError(`waited 60s for ${answers.name}; last saw ${saw}`, evidence === undefined ? {} : { evidence })
  }
  say.done(engine ? `started dockerd, log in ${log}` : 'the engine answers', since(start))
}
