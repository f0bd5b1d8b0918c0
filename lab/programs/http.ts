// Sends HTTP requests at a set rate, and counts what comes of them.
//
// By autocannon's client, a connection each, in place of its runner: that one makes a refused connection
// anew at once and for ever, and tells nothing of answers on connections that are used once. Here, a
// connection that failed is made anew when its turn comes, at most once a second.

import { type Client, type ClientOptions, type HttpRequest, openClient } from './http-client.ts'
import { endsWith, program } from './program.ts'
import { newSeconds } from './seconds.ts'

export type HttpOptions = {
  readonly address: string
  readonly port: number
  /** The names that answers may begin with. */
  readonly servers: readonly string[]
  /** Requests each second, of all classes together. */
  readonly rate: number
  /** At most as many as requests each second. */
  readonly connections: number
  readonly mode: 'keep-alive' | 'new-connection'
  readonly classes: readonly HttpRequest[]
  readonly timeoutS: number
}

const { options, now, tell } = program<HttpOptions>()
const { rate, connections, mode, classes } = options

const seconds = newSeconds(
  { names: classes.map(({ name }) => name), fromNs: now(), scheduled: true },
  (fromNs, toNs, parts) => tell({ kind: 'traffic-sample', fromNs, toNs, parts }),
)

type Limit = ClientOptions['limit']

const start = (index: number, limit: Limit, onSent?: ClientOptions['onSent']): Client =>
  openClient({
    ...options,
    request: classes[index] as HttpRequest,
    index,
    seconds,
    limit,
    ...(onSent && { onSent }),
  })

const add = (to: number[], index: number, count: number) => {
  to[index] = (to[index] ?? 0) + count
}

type Slot = {
  /** Its class. */
  readonly index: number
  /** Its part of the rate. */
  readonly share: number
  dueNs: number
  /** How many it has sent since they were due. */
  sent: number
  client?: Client
}

/** A request that waits for longer than this keeps others from being sent. */
const STUCK_MS = 500

/** A second of a connection has come. What it could not send in the last one, waiting for an answer, never left. */
function due(slot: Slot): void {
  const { index, share, client } = slot
  const waitedMs = performance.now() - (client?.waitsSinceMs() ?? Number.POSITIVE_INFINITY)
  if (client && (waitedMs > STUCK_MS || !client.alive()))
    seconds.at(slot.dueNs - 1e9).counts[index]?.failed('unsent', Math.max(0, share - slot.sent))
  add(seconds.now().due, index, share)
  slot.sent = 0
  slot.dueNs += 1e9
}

/**
 * Connections that stay. autocannon sends what a connection has to send in a second at its second's
 * beginning, so each begins its second at another instant.
 */
function keepAlive(): void {
  const beganNs = now()
  const slots = Array.from(
    { length: connections },
    (_, i): Slot => ({
      index: i % classes.length,
      share: Math.floor(rate / connections) + (i < rate % connections ? 1 : 0),
      dueNs: beganNs + ((i + 0.5) * 1e9) / connections,
      sent: 0,
    }),
  )
  const startIn = (slot: Slot) =>
    start(slot.index, { rate: slot.share }, (count) => {
      slot.sent += count
    })
  setInterval(() => {
    const atNs = now()
    for (const slot of slots) {
      if (atNs < slot.dueNs) continue
      while (slot.dueNs <= atNs) due(slot)
      if (!slot.client?.alive()) slot.client = startIn(slot)
    }
  }, 5)
}

/** A connection for each request, evenly spread; none begins while as many wait as there may be connections. */
function newConnections(): void {
  const open = new Set<Client>()
  let dueNs = now()
  let nth = 0
  setInterval(() => {
    for (const client of open) if (!client.alive()) open.delete(client)
    for (; dueNs <= now(); dueNs += 1e9 / rate) {
      const index = nth++ % classes.length
      add(seconds.now().due, index, 1)
      if (open.size >= connections) seconds.now().counts[index]?.failed('unsent')
      else open.add(start(index, { responseMax: 1 }))
    }
  }, 2)
}

setInterval(() => seconds.next(now()), 1000)
endsWith({ tell }, 'client', () => seconds.last(now()))
if (mode === 'keep-alive') keepAlive()
else newConnections()
