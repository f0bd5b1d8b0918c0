// What setup says. Colours and the line that changes in place are for terminals only.

import { styleText } from 'node:util'

const terminal = process.stdout.isTTY === true
const paint = (style: Parameters<typeof styleText>[0], text: string) =>
  styleText(style, text, { stream: process.stdout })

const clear = '\r\u001b[K'

export const say = {
  line: (text: string): void => console.log(`${terminal ? clear : ''}${text}`),
  ok: (name: string, detail: string): void => say.line(`${paint('green', 'ok     ')}  ${name.padEnd(14)} ${detail}`),
  missing: (name: string, detail: string): void =>
    say.line(`${paint('yellow', 'missing')}  ${name.padEnd(14)} ${detail}`),
  /** Something that was done on the way, with what it took. */
  done: (what: string, took: string): void => say.line(`         ${took.padStart(6)}  ${what}`),
  /** What is being done now; on a terminal only, and gone with the next line. */
  now: (what: string): void => {
    if (terminal)
      process.stdout.write(`${clear}         ${paint('dim', `${what} …`.slice(0, process.stdout.columns - 10))}`)
  },
  failure: (message: string): void => {
    const [line = '', ...evidence] = message.split('\n')
    console.error([`${terminal ? clear : ''}${paint('red', line)}`, ...evidence].join('\n'))
  },
}
