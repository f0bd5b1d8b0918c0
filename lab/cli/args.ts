// The command line of one command: its own words and options, and what it hands on verbatim.

import { parseArgs } from 'node:util'

/** Whoever typed it must type something else. */
export class UsageError extends Error {}

export type Shape = {
  /** 'lab:shell <node> [-- --lab NAME] [command …]' */
  readonly usage: string
  /** Names of its own words, '<node>' where it must be there, '[topology]' where it may. */
  readonly words: readonly `${'<' | '['}${string}`[]
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>
  /** Whether words after its own are handed on as they are, dashes and all. */
  readonly rest: boolean
}

export type Args = {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | true | undefined>>
  readonly rest: readonly string[]
}

/** Every command has it; with it, nothing else has to be right. */
const HELP = { help: { type: 'boolean', short: 'h' } } as const

type Env = Readonly<Record<string, string | undefined>>

/**
 * npm takes options for its own unless they stand behind a bare `--`, and hands them on in the
 * environment: `--lab=x` whole, of `--lab x` only that it was there, and x becomes a word.
 */
const takenByNpm = (option: string, env: Env): string | undefined =>
  /^(lab:|heal$)/.test(env.npm_lifecycle_event ?? '') ? env[`npm_config_${option}`] : undefined

/** Throws UsageError, one line with the usage, for anything that does not fit. */
export function readArgs(
  args: readonly string[],
  { usage, words, rest, ...shape }: Shape,
  env: Env = process.env,
): Args {
  const options: Shape['options'] = { ...shape.options, ...HELP }
  const refuse = (what: string): never => {
    throw new UsageError(`${what}; usage: npm run ${usage}`)
  }
  const strings = Object.keys(options).filter((name) => options[name]?.type === 'string')
  const torn = strings.filter((name) => takenByNpm(name, env) === 'true')
  const most = words.length + torn.length

  const end = rest ? endOfOwn(args, options, most) : args.length
  const { tokens } = parseArgs({
    args: args.slice(0, end),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const found: Record<string, string | true | undefined> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = options[token.name] ?? refuse(`no option ${token.rawName}`)
    if (option.type === 'string' && token.value === undefined) refuse(`${token.rawName} wants a value`)
    found[token.name] = option.type === 'string' ? token.value : true
  }
  const said = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  for (const name of Object.keys(options)) {
    const value = torn.includes(name)
      ? said.splice(words.length > 0 ? Math.min(words.length, said.length - 1) : 0, 1)[0]
      : takenByNpm(name, env)
    if (value && value !== 'false') found[name] ??= options[name]?.type === 'string' ? value : true
  }
  if (found.help) return { words: said, options: found, rest: [] }
  const missing = words.find((word, i) => word.startsWith('<') && said[i] === undefined)
  if (missing) refuse(`${missing} is missing`)
  if (said.length > words.length) refuse(`too many words: ${said.slice(words.length).join(' ')}`)
  return { words: said, options: found, rest: args.slice(end).filter((word, i) => i > 0 || word !== '--') }
}

/** Index of the first argument that is handed on: a word too many, or whatever follows a bare `--`. */
function endOfOwn(args: readonly string[], options: Shape['options'], most: number): number {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  let words = 0
  for (const token of tokens) {
    if (token.kind === 'option-terminator') return token.index
    if (token.kind === 'positional' && ++words > most) return token.index
  }
  return args.length
}
