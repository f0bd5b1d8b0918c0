// Holds many long-lived TCP sessions, and keeps trying new ones beside them.

import { connect } from 'node:net'
import { type Counter, counter, kindOf } from './counts.ts'
import { lines, question, sourceIn } from './exchange.ts'
import { endsWith, everySecond, program } from './program.ts'
import { newSeconds, type Second } from './seconds.ts'
import { ATTEMPT_NS, newSession, type SessionOptions } from './session.ts'

export type SessionsOptions = SessionOptions & {
  readonly count: number
  /** A new session is tried so often. */
  readonly newEveryNs: number
}

const { options, now, tell } = program<SessionsOptions>()
const { address, port, count, newEveryNs } = options

/**
 * Of exchanges the second counts in which they ended: one that hangs ends only when nobody waits any longer,
 * and what happens to sessions is told as it does.
 */
const seconds = newSeconds(
  { names: ['exchange', 'new session'], fromNs: now(), scheduled: true },
  (fromNs, toNs, parts) => tell({ kind: 'traffic-sample', fromNs, toNs, parts }),
)
const [EXCHANGE, FRESH] = [0, 1]
const held: Counter = {
  ...counter('exchange'),
  sent: (count) => seconds.now().counts[EXCHANGE]?.sent(count),
  answered: (tookNs) => seconds.now().counts[EXCHANGE]?.answered(tookNs),
  failed: (kind, count) => seconds.now().counts[EXCHANGE]?.failed(kind, count),
}
let tried = 0

const due = (of: Second, index: number, count: number) => {
  of.due[index] = (of.due[index] ?? 0) + count
}

/** So many are begun each second: the far end is not to be flooded with SYN segments. */
const OPENED_PER_SECOND = 200

const beganNs = now()
const sessions = Array.from({ length: count }, (_, i) =>
  newSession({
    ...options,
    session: i + 1,
    firstNs: beganNs + (i * 1e9) / OPENED_PER_SECOND,
    now,
    count: held,
    tell: (about) => tell({ kind: 'session', session: i + 1, ...about }),
  }),
)

/** A session that ends after its first exchange; numbered from 1000001 on. */
const ended: { startedNs: number; afterNs: number | null; source: string | null }[] = []
const attempts = new Set<{ readonly startedNs: number; readonly end: (kind: string) => void }>()

function tryNew(startedNs: number): void {
  const line = question(1_000_000 + ++tried, 1)
  const of = seconds.now()
  const count = of.counts[FRESH]
  of.open++
  count?.sent()
  due(of, FRESH, 1)
  const end = (kind: string, source: string | null = null) => {
    if (!attempts.delete(attempt)) return
    const afterNs = source === null ? null : now() - startedNs
    if (afterNs === null) count?.failed(kind)
    else count?.answered(afterNs)
    seconds.close(of)
    ended.push({ startedNs, afterNs, source: source?.split(':')[0] ?? null })
    socket.destroy()
  }
  const attempt = { startedNs, end }
  attempts.add(attempt)
  const socket = connect({ host: address, port, noDelay: true })
    .on('connect', () => socket.write(`${line}\n`))
    .on(
      'data',
      lines((answer) => end('corrupt', sourceIn(answer, line) ?? null)),
    )
    .on('end', () => end('closed'))
    .on('error', (error: { code?: string }) => end(kindOf(error)))
}

const last = everySecond(now, () => {
  seconds.next(now())
  const [startedNs, afterNs, sources] = [
    ended.map((each) => each.startedNs),
    ended.map((each) => each.afterNs),
    ended.map((each) => each.source),
  ]
  ended.length = 0
  tell({ kind: 'new-sessions', startedNs, afterNs, sources })
})
endsWith({ tell }, 'client', () => {
  last()
  seconds.last(now())
})

let nextNs = beganNs + newEveryNs / 2
setInterval(() => {
  const atNs = now()
  for (const session of sessions) due(seconds.now(), EXCHANGE, session.tick(atNs))
  for (const { startedNs, end } of attempts) if (atNs - startedNs > ATTEMPT_NS) end('timeout')
  if (atNs < nextNs) return
  while (nextNs <= atNs) nextNs += newEveryNs
  tryNew(atNs)
}, 5)
