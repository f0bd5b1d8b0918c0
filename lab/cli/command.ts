// What the dispatcher knows of a command.

import type { Args, Shape } from './args.ts'

export type Command = Shape & {
  /** One line for the list of commands. */
  readonly about: string
  /** More lines for `--help`. */
  readonly help: string
  /** Does it and returns the exit code. `signal`: somebody pressed Ctrl-C. */
  readonly run: (args: Args, signal: AbortSignal) => Promise<number>
}
