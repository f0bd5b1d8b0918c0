// A shell in a node that stays open, so that a command costs about a millisecond in place of the
// 70–100 ms of an exec. For a node it is its first process, and the stream to it is the dead-man:
// when the runner dies the stream ends, the shell ends, and the container with it.

import type { Duplex } from 'node:stream'
import { PassThrough } from 'node:stream'
import { LabError } from '../errors.ts'
import type { Bracket } from '../events.ts'
import type { History } from '../history.ts'
import { quote } from '../quote.ts'
import { type Duration, toMs } from '../time.ts'
import type { Engine } from './client.ts'

export type Answer = {
  readonly out: string
  readonly exit: number
  /** From just before the command to just after it, by the clock of the node's own shell. */
  readonly bracket: Bracket
}

export type Console = {
  readonly node: string
  /** Runs bash text in the node, one at a time, standard error with the output. Rejects on a non-zero exit. */
  readonly run: (command: string, options?: { within?: Duration }) => Promise<Answer>
  /** The same, but a non-zero exit is an answer too. */
  readonly try: (command: string, options?: { within?: Duration }) => Promise<Answer>
  /** Calls back with each line that a background process wrote to `$LINES`. */
  readonly onLine: (listener: (line: string) => void) => void
  /** Whether the shell is still there. */
  readonly open: () => boolean
  readonly close: () => void
}

type Waiting = {
  readonly id: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** ASCII's record separator: no command's output has it. */
const MARK = '\u001e'

/** $EPOCHREALTIME, Unix seconds with six decimals, as ns. */
const unixNs = (stamp: string) => BigInt(stamp.replace(/[.,]/, '')) * 1000n

/** A console over a multiplexed stream to a `bash` that reads standard input. */
export function newConsole(node: string, engine: Engine, stream: Duplex, history: History): Console {
  const waiting: Waiting[] = []
  const listeners = new Set<(line: string) => void>()
  let open = true
  let nextId = 0
  let out = ''
  let searched = 0
  let lines = ''

  const stdout = new PassThrough().setEncoding('utf8')
  const stderr = new PassThrough().setEncoding('utf8')
  engine.modem.demuxStream(stream, stdout, stderr)
  stdout.on('data', (text: string) => {
    out += text
    for (;;) {
      const mark = out.indexOf(MARK, searched)
      searched = mark < 0 ? out.length : mark
      const end = mark < 0 ? -1 : out.indexOf('\n', mark)
      if (end < 0) return
      const [id, exit, began = '', done = ''] = out.slice(mark + 1, end).split(' ')
      const answer = out.slice(0, mark)
      out = out.slice(end + 1)
      searched = 0
      if (waiting[0]?.id !== Number(id)) continue
      const bracket = { fromNs: history.at(unixNs(began)), toNs: history.at(unixNs(done) + 999n) }
      waiting.shift()?.resolve({ out: answer, exit: Number(exit), bracket })
    }
  })
  stderr.on('data', (text: string) => {
    lines += text
    const whole = lines.split('\n')
    lines = whole.pop() ?? ''
    for (const line of whole) for (const listener of listeners) listener(line)
  })
  const ended = () => {
    if (!open) return
    open = false
    const said = out.trim()
    const last = said ? `, its last words were: ${said.split('\n').at(-1)}` : '; is the container gone?'
    for (const { reject } of waiting.splice(0))
      reject(new LabError(`the console of ${node} closed${last}`, { evidence: said }))
  }
  stream.on('end', ended).on('close', ended).on('error', ended)
  stream.write('exec 3>&2 2>/dev/null; export LINES_FD=3\n')

  const attempt: Console['try'] = (command, { within = '30s' } = {}) => {
    if (!open) return Promise.reject(new LabError(`${node} has no open console; wanted: ${command.split('\n', 1)[0]}`))
    const id = ++nextId
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new LabError(`${node}: no answer within ${within} to: ${command.split('\n', 1)[0]}`))
      }, toMs(within))
      const done =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer)
          then(value)
        }
      waiting.push({ id, resolve: done(resolve), reject: done(reject) })
      stream.write(
        `__from=$EPOCHREALTIME; eval ${quote(command)} </dev/null 2>&1; printf '\\036%s %s %s %s\\n' ${id} $? "$__from" "$EPOCHREALTIME"\n`,
      )
    })
  }
  return {
    node,
    try: attempt,
    run: async (command, options) => {
      const answer = await attempt(command, options)
      if (answer.exit === 0) return answer
      const what = command.trim().split('\n', 1)[0]
      throw new LabError(`${node}: exit ${answer.exit} from: ${what}`, { evidence: answer.out.trim() })
    },
    onLine: (listener) => listeners.add(listener),
    open: () => open,
    close: () => {
      stream.destroy()
    },
  }
}
