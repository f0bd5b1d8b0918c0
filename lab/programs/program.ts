// What all programs that run inside nodes share: their options, the clock, how they tell events, and
// how they end.

import { writeSync } from 'node:fs'
import type { Told } from '../traffic/events.ts'

/** What every program is told. */
export type Common = {
  readonly flow: string
  /** Unix time of the history's epoch, ns. */
  readonly epoch: string
}

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never

export type Program<O> = {
  readonly options: O & Common
  /** ns since the history's epoch. */
  readonly now: () => number
  /** An event of the history, told as it happens. */
  readonly tell: (event: Without<Told, 'flow'>) => void
}

/**
 * A line is written whole, and past Node's stream, which would make the pipe that all of the node's
 * processes share non-blocking. Where somebody else did, a full pipe asks to be tried again.
 */
function print(text: string): void {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(1, bytes, from)
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error
    }
  }
}

/**
 * Reads the options, one JSON argument. The clock is the host's CLOCK_REALTIME, read once and carried
 * forward, as the history's own is: two times of one program are exact against each other.
 */
export function program<O>(): Program<O> {
  const options = JSON.parse(process.argv[2] ?? '{}') as O & Common
  const realtime = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6)) - process.hrtime.bigint()
  const offset = realtime - BigInt(options.epoch)
  const now = () => Number(process.hrtime.bigint() + offset)
  return {
    options,
    now,
    tell: (event) => print(`event\t${JSON.stringify({ atNs: now(), ...event, flow: options.flow })}\n`),
  }
}

/** Calls back about once a second with when the span began and ends; the returned function does so at once. */
export function everySecond(now: () => number, tell: (fromNs: number, toNs: number) => void): () => void {
  let fromNs = now()
  const next = () => {
    const toNs = now()
    if (toNs > fromNs) tell(fromNs, toNs)
    fromNs = toNs
  }
  setInterval(next, 1000)
  return next
}

type Side = 'client' | 'server'

/** Ends the process when it is told to, or when it goes wrong, and says which; `last` comes first. */
export function endsWith({ tell }: Pick<Program<unknown>, 'tell'>, side: Side, last: () => void) {
  let ended = false
  const end = (why: string) => {
    if (ended) return
    ended = true
    last()
    tell({ kind: 'traffic-ended', side, why })
    process.exit(why === '' ? 0 : 1)
  }
  process.on('SIGTERM', () => end(''))
  process.on('uncaughtException', (error) => end(error.message))
  return end
}
