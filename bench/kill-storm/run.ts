// One run of the scenario, started as people start it, in a session of its own so that all of it can be
// found, and nothing else.

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { type Process, processes } from './processes.ts'

const ROOT = join(import.meta.dirname, '..', '..')
export const SCENARIO = 'nat-failover'

/** Who is struck: vitest itself, npm that started it, or the worker that holds the lab. */
export const victims = ['main', 'npm', 'worker'] as const
export type Victim = (typeof victims)[number]

export type Run = {
  readonly session: number
  /** Unix time in ms when it was started. */
  readonly startedAt: number
  readonly ended: () => boolean
  readonly exit: () => number | null
  /** The last line it printed. */
  readonly lastLine: () => string
  /** SIGKILL to the victim; its process, or undefined if there is none yet. */
  readonly strike: () => Process | undefined
  /** SIGKILL to everything that is left of it. */
  readonly bury: () => void
}

/** Picks the victim among the processes of one run. */
export function choose(victim: Victim, session: number, all: readonly Process[]): Process | undefined {
  const mine = all.filter((process) => process.session === session)
  if (victim === 'npm') return mine.find(({ pid }) => pid === session)
  const main = mine.find(({ command }) => /\/vitest\.mjs run /.test(command))
  if (victim === 'main') return main
  return mine.find(
    ({ parent, command }) => parent === main?.pid && /\bworkers?\b|\bforks?\b|suppress-warnings/.test(command),
  )
}

/** The scenario, as people start it. */
export const startScenario = (victim: Victim): Run =>
  start('npm', ['test', '--', `scenarios/${SCENARIO}`], (session, all) => choose(victim, session, all))

/** A lab of this topology with a fault in force: which of those that this seed makes of the catalogue. */
export type Held = { readonly fault: number; readonly topology: string; readonly seed: number }

/** A process of its own that holds it. */
export const startHolding = ({ fault, topology, seed }: Held): Run =>
  start(
    process.execPath,
    [join(import.meta.dirname, 'hold.ts'), String(fault), topology, String(seed)],
    (session, all) => all.find(({ pid }) => pid === session),
  )

type Choose = (session: number, all: readonly Process[]) => Process | undefined

function start(command: string, args: readonly string[], victimOf: Choose): Run {
  const startedAt = Date.now()
  const child: ChildProcess = spawn(command, args, {
    cwd: ROOT,
    // Where failed labs are kept, one would be left on purpose.
    env: { ...process.env, KEEP_LAB: '0' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const session = child.pid
  if (session === undefined) throw new Error(`${command} could not be started`)
  let last = ''
  const listen = (chunk: Buffer) => {
    last = stripVTControlCharacters(chunk.toString()).trim().split('\n').at(-1)?.trim() || last
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  const ended = () => child.exitCode !== null || child.signalCode !== null
  const kill = (all: readonly Process[]) => {
    for (const { pid } of all) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended by itself meanwhile.
      }
    }
  }
  const bury = () => kill(processes().filter((process) => process.session === session))
  process.once('exit', bury)
  const stop = () => process.exit(130) // buries it
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return {
    session,
    startedAt,
    ended,
    exit: () => child.exitCode,
    lastLine: () => last,
    strike: () => {
      const struck = victimOf(session, processes())
      if (struck) kill([struck])
      return struck
    },
    bury: () => {
      bury()
      process.off('exit', bury)
      process.off('SIGINT', stop).off('SIGTERM', stop)
    },
  }
}
