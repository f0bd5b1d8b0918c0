import type { Engine } from '../engine/client.ts'
import { type LabOnEngine, labs } from '../engine/labs.ts'
import { openSession, type Session } from '../engine/session.ts'
import { PATCHBAY } from '../patchbay/node.ts'
import type { Command } from './command.ts'
import { reachEngine } from './engine.ts'
import { pickLab, pickNode } from './pick.ts'

/** Joins a session to our terminal until it ends. */
async function onTerminal({ stream, ended, resize }: Session): Promise<number> {
  const { stdin, stdout } = process
  const tellSize = () => void resize({ columns: stdout.columns, rows: stdout.rows }).catch(() => {}) // it may have just ended
  stdin.setRawMode(true)
  stdout.on('resize', tellSize)
  tellSize()
  stdin.pipe(stream)
  stream.pipe(stdout)
  try {
    return await ended
  } finally {
    stdin.unpipe(stream)
    stdin.setRawMode(false)
    stdin.pause()
  }
}

/** Joins a session to our pipes until it ends; `stop` makes it end. */
async function onPipes(
  engine: Engine,
  { stream, ended }: Session,
  stop: () => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  engine.modem.demuxStream(stream, process.stdout, process.stderr)
  if (process.stdin.isTTY) stream.end()
  else process.stdin.pipe(stream)
  signal.addEventListener('abort', () => void stop().catch(() => stream.destroy()), { once: true })
  try {
    return await ended
  } finally {
    process.stdin.destroy()
    signal.throwIfAborted()
  }
}

/** Ends a command and what it started: leaving alone would let it go on in there. The patchbay may do that. */
async function stopCommand(engine: Engine, lab: LabOnEngine, session: Session): Promise<void> {
  const kill = ['kill', '-TERM', '--', `-${await session.pid()}`]
  await (await openSession(engine, pickNode(lab, PATCHBAY).id, kill, { tty: false })).ended
}

export const shell: Command = {
  usage: 'lab:shell <node> [-- --lab NAME] [command …]',
  about: 'enters a node of a lab, or runs a command there',
  help: `Opens a shell in a node of the lab that stays, or of the one that --lab names; also of a scenario that runs.
With a command, runs it and ends with its exit code: npm run lab:shell nat-gw-a-1 -- ip route`,
  words: ['<node>'],
  options: { lab: { type: 'string' } },
  rest: true,
  run: async ({ words: [node = ''], options, rest }, signal) => {
    const engine = await reachEngine()
    const lab = pickLab(await labs(engine), options.lab)
    const container = pickNode(lab, node)
    const tty = process.stdin.isTTY === true && process.stdout.isTTY === true
    const env = [`TERM=${process.env.TERM ?? 'xterm'}`, `PS1=${node}:\\w# `]
    const command = rest.length > 0 ? rest : ['bash', '--norc', '--noprofile']
    const session = await openSession(engine, container.id, command, { tty, env })
    return tty ? onTerminal(session) : onPipes(engine, session, () => stopCommand(engine, lab, session), signal)
  },
}
