// One connection of autocannon's, and what comes of its requests.

import Autocannon from 'autocannon/lib/httpClient.js'
import { type Counter, kindOf } from './counts.ts'
import type { Second, Seconds } from './seconds.ts'

export type HttpRequest = {
  /** Its class, 'GET /'. */
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly bodyBytes: number
}

export type Client = {
  /** Whether it still sends and waits for answers. */
  readonly alive: () => boolean
  /** Since when a request waits for its answer, ms by performance.now(); none while none does. */
  readonly waitsSinceMs: () => number | undefined
}

export type ClientOptions = {
  readonly address: string
  readonly port: number
  /** The names that answers may begin with. */
  readonly servers: readonly string[]
  readonly request: HttpRequest
  /** Which of the classes it is of. */
  readonly index: number
  readonly seconds: Seconds
  readonly limit: { readonly rate: number } | { readonly responseMax: number }
  readonly timeoutS: number
  /** Called as requests leave; -1: one did not, after all. */
  readonly onSent?: (count: number) => void
}

/** What the lab's servers answer: their name, and the client's address as they see it. */
const ANSWER = /^(\S+) (\d+\.\d+\.\d+\.\d+)\s*$/

/** A request that waits for its answer, on a connection. */
type Waiting = { readonly on: unknown; readonly sinceMs: number; readonly of: Second }

/** Opens a connection that sends until it fails, or has sent as much as it may. */
export function openClient(options: ClientOptions): Client {
  const { address, port, servers, request, index, seconds, limit, timeoutS, onSent = () => {} } = options
  /** One, and another while autocannon reconnects. */
  let waiting: Waiting[] = []
  let answer: RegExpExecArray | null = null
  let alive = true
  const ends = ({ of }: Waiting, how: (count: Counter) => void) => {
    how(of.counts[index] as Counter)
    seconds.close(of)
  }
  const { method, path, bodyBytes } = request
  const client = new Autocannon({
    hostname: address,
    port,
    requests: [
      {
        method,
        path,
        ...(bodyBytes > 0 && { body: 'x'.repeat(bodyBytes) }),
        onResponse: (_, body) => {
          answer = ANSWER.exec(body)
        },
      },
    ],
    timeout: timeoutS,
    setupClient: (made) =>
      void made
        .on('request', () => {
          const of = seconds.now()
          of.open++
          of.counts[index]?.sent()
          waiting.push({ on: made.conn, sinceMs: performance.now(), of })
          onSent(1)
        })
        .on('response', (status: number, _bytes: number, tookMs: number) => {
          const first = waiting.shift()
          if (!first) return
          ends(first, (count) => {
            count.status(String(status))
            if (answer?.[2]) count.source(answer[2])
            if (answer?.[1]) count.server(answer[1])
            if (status < 200 || status > 299) count.failed(`status ${status}`)
            else if (!servers.includes(answer?.[1] ?? '')) count.failed('mismatch')
            else count.answered(tookMs * 1e6)
          })
        })
        .on('done', () => {
          alive = false
        }),
    ...limit,
  })
  /** Ends the connection before autocannon makes it anew; what it sent there already never leaves. */
  const failOn = (kind: string, anew: boolean) => {
    for (const each of waiting) {
      const lost = !anew || each.on !== client.conn
      ends(each, (count) => (lost ? count.failed(kind) : count.sent(-1)))
      if (!lost) onSent(-1)
    }
    waiting = []
    client.destroy()
  }
  client.on('timeout', () => failOn('timeout', true))
  client.conn.on('end', () => alive && failOn('closed', true))
  client.on('connError', (error: { code?: string }) => failOn(kindOf(error), false))
  return { alive: () => alive, waitsSinceMs: () => waiting[0]?.sinceMs }
}
