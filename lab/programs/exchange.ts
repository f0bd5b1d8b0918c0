// What long-lived sessions say to each other: a numbered line with a payload of its own, answered with
// the same line and the client's address as the server sees it.

import { createHash } from 'node:crypto'

const payload = (session: number, number: number): string =>
  createHash('sha1').update(`${session} ${number}`).digest('hex')

/** The line of an exchange, without its end. */
export const question = (session: number, number: number): string => `${session} ${number} ${payload(session, number)}`

/** The source that an answer names, '203.0.113.17:40112'; none if it is no answer to this exchange. */
export function sourceIn(answer: string, asked: string): string | undefined {
  if (!answer.startsWith(`${asked} `)) return undefined
  return /^(\d+\.\d+\.\d+\.\d+:\d+)$/.exec(answer.slice(asked.length + 1))?.[1]
}

export const answerTo = (asked: string, source: string): string => `${asked} ${source}`

/** Calls back with each whole line of what comes in pieces. */
export function lines(each: (line: string) => void): (piece: Buffer) => void {
  let rest = ''
  return (piece) => {
    const whole = (rest + piece.toString('latin1')).split('\n')
    rest = whole.pop() ?? ''
    for (const line of whole) each(line)
  }
}
