// From a command line to one command. One line on standard error for whatever goes wrong; exit code 1,
// or 2 for a command line that makes no sense, or 130 when stopped.

import { reason } from '../errors.ts'
import { readArgs, UsageError } from './args.ts'
import type { Command } from './command.ts'

type Commands = Readonly<Record<string, Command>>

async function run(commands: Commands, [name = '', ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  const command = commands[name]
  if (!command) {
    if (!['', '--help', '-h'].includes(name))
      throw new UsageError(`no command '${name}'; there are ${Object.keys(commands).join(', ')}`)
    console.log(
      Object.values(commands)
        .map(({ usage, about }) => `  npm run ${usage}\n      ${about}`)
        .join('\n'),
    )
    return 0
  }
  const read = readArgs(args, command)
  if (!read.options.help) return command.run(read, signal)
  console.log(`npm run ${command.usage}\n\n${command.help}`)
  return 0
}

/** Runs the command that the words name, and ends the process. */
export async function dispatch(commands: Commands, words: readonly string[]): Promise<never> {
  const stopped = new AbortController()
  // For as long as the process lives: npm hands on what the terminal has sent already, and a second
  // Ctrl-C must not cut the cleaning up short.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stopped.abort(new Error('stopped')))
  // Whoever reads us may have read enough, as `| head` does: no reason to leave a lab half-made.
  process.stdout.on('error', () => {})
  try {
    process.exitCode = await run(commands, words, stopped.signal)
  } catch (thrown) {
    if (stopped.signal.aborted) process.exitCode = 130
    else {
      console.error(reason(thrown))
      process.exitCode = thrown instanceof UsageError ? 2 : 1
    }
  }
  // Connections that the engine keeps alive are no reason to stay.
  process.exit()
}
