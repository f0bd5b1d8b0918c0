// The programs of the nodes, run here against servers of this machine: what they count must be what the
// servers did.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, type TestContext, test } from 'vitest'
import type { Told } from '../traffic/events.ts'
import { requestsOf } from '../traffic/requests.ts'
import { told } from '../traffic/told.ts'

type Running = {
  readonly events: readonly Told[]
  readonly stop: () => Promise<readonly Told[]>
  readonly process: ChildProcess
}

/** Starts a program; every line of it must be an event. */
function start(run: TestContext, name: string, options: object): Running {
  const common = { flow: 'a → b', id: 1, epoch: String(BigInt(Date.now()) * 1_000_000n) }
  const path = join(import.meta.dirname, `${name}.ts`)
  const process_ = spawn(process.execPath, [path, JSON.stringify({ ...options, ...common })])
  run.onTestFinished(() => void process_.kill('SIGKILL'))
  const events: Told[] = []
  createInterface({ input: process_.stdout }).on('line', (line) => {
    const event = told(line.replace(/^event\t/, ''))
    if (!event) throw new Error(`no event: ${line}`)
    events.push(event.body)
  })
  const stop = async () => {
    process_.kill('SIGTERM')
    await once(process_, 'close')
    return events
  }
  return { events, stop, process: process_ }
}

async function serve(run: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  run.onTestFinished(() => void server.close())
  run.onTestFinished(() => void server.closeAllConnections())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const samplesOf = (events: readonly Told[]) => events.filter((event) => event.kind === 'traffic-sample')

/** They take seconds each; on a busy machine several times as many. */
const PATIENT = { timeout: 40_000 }

/** Until as many whole seconds were told; vitest ends a test that waits for too long. */
async function seconds({ events, process: from }: Running, count: number): Promise<void> {
  while (samplesOf(events).length < count) await once(from.stdout ?? from, 'data')
}

const get = { name: 'GET /', method: 'GET', path: '/', bodyBytes: 0 }
const web = (port: number, more: object = {}) => ({
  ...{ address: '127.0.0.1', port, servers: ['web-1'], rate: 50, connections: 5, timeoutS: 2 },
  ...{ mode: 'keep-alive', classes: [get], ...more },
})

test.concurrent.for(['keep-alive', 'new-connection'])(
  'http in mode %s asks as often as it is told, and counts every answer',
  PATIENT,
  async (mode, run) => {
    const sockets = new Set<unknown>()
    let served = 0
    const port = await serve(run, (request, response) => {
      sockets.add(request.socket)
      served++
      response.end('web-1 10.0.1.10\n')
    })
    const running = start(run, 'http', web(port, { mode, connections: mode === 'keep-alive' ? 5 : 50 }))
    await seconds(running, 3)
    const events = await running.stop()
    const { answered, errors, sources } = requestsOf(samplesOf(events))
    // A machine that stands still is late with requests and answers; nothing else may go wrong.
    expect(Object.keys(errors).filter((kind) => kind !== 'unsent' && kind !== 'timeout')).toEqual([])
    // Some may be on their way back when the program ends.
    expect(served - answered).toBeGreaterThanOrEqual(0)
    expect(served - answered).toBeLessThanOrEqual(10)
    expect(sources).toEqual({ '10.0.1.10': answered })
    const [, second, third] = samplesOf(events)
    for (const each of [second, third]) expect(each?.parts[0]?.sent).toBeGreaterThan(25)
    if (mode === 'keep-alive') expect(sockets.size).toBe(5)
    else expect(sockets.size).toBe(served)
    expect(events.at(-1)).toMatchObject({ kind: 'traffic-ended', why: '' })
  },
)

test.concurrent(
  'a request that is never answered is a timeout, what it kept from being sent is unsent, and none is served',
  PATIENT,
  async (run) => {
    const port = await serve(run, () => undefined)
    const running = start(run, 'http', web(port))
    await seconds(running, 2)
    const { answered, errors, asked } = requestsOf(samplesOf(await running.stop()))
    expect(answered).toBe(0)
    expect(errors.timeout).toBeGreaterThanOrEqual(5)
    expect(errors.unsent).toBeGreaterThan(asked / 4)
  },
)

test.concurrent.for([
  ['another status', (_: unknown, response) => void response.writeHead(503).end('web-1 10.0.1.10\n'), 'status 503'],
  ['another server', (_: unknown, response) => void response.end('web-2 10.0.1.10\n'), 'mismatch'],
  ['an end without an answer', (request) => void request.socket.end(), 'closed'],
  ['a reset', (request) => void request.socket.resetAndDestroy(), 'reset'],
] as const satisfies readonly (readonly [string, RequestListener, string])[])(
  '%s is no answer',
  PATIENT,
  async ([, answer, kind], run) => {
    const running = start(run, 'http', web(await serve(run, answer)))
    await seconds(running, 2)
    const { answered, errors } = requestsOf(samplesOf(await running.stop()))
    expect(answered).toBe(0)
    expect(errors[kind]).toBeGreaterThan(0)
  },
)

test.concurrent('a refused connection is tried again at its turn, not at once', PATIENT, async (run) => {
  const running = start(run, 'http', web(1)) // tcpmux: nobody listens there
  await seconds(running, 3)
  const samples = samplesOf(await running.stop())
  const { errors, tookNs } = requestsOf(samples)
  expect(errors.refused).toBeGreaterThan(0)
  expect(errors.refused).toBeLessThanOrEqual(5 * (Math.ceil(tookNs / 1e9) + 1))
})

test.concurrent(
  'sessions are held over a server that stands still, reset when it is gone, and established again',
  PATIENT,
  async (run) => {
    const port = 7000 + Math.floor(Math.random() * 20_000) + 10_000
    const serving = () => start(run, 'session-server', { port })
    const second = 1e9
    const first = serving()
    const client = start(run, 'sessions', {
      ...{ address: '127.0.0.1', port, count: 20, everyNs: 0.1 * second, hungAfterNs: 5 * second },
      ...{ reconnect: true, newEveryNs: 0.1 * second },
    })
    const phases = () => client.events.flatMap((event) => (event.kind === 'session' ? [event.phase] : []))
    const count = (phase: string) => phases().filter((each) => each === phase).length
    const until = async (phase: string, least: number) => {
      while (count(phase) < least) await once(client.process.stdout ?? client.process, 'data')
    }
    await until('established', 20)
    first.process.kill('SIGSTOP')
    await until('silent', 20)
    first.process.kill('SIGCONT')
    await until('resumed', 20)
    expect(phases().filter((phase) => !['established', 'silent', 'resumed'].includes(phase))).toEqual([])
    first.process.kill('SIGKILL')
    await once(first.process, 'close')
    const again = serving()
    await until('established', 40)
    expect(count('reset') + count('closed')).toBe(20)
    const events = await client.stop()
    const sources = events.flatMap((event) => (event.kind === 'session' && event.source ? [event.source] : []))
    expect(new Set(sources.map((source) => source.split(':')[0]))).toEqual(new Set(['127.0.0.1']))
    expect(new Set(sources).size).toBe(40)
    expect(events.filter((event) => event.kind === 'new-sessions').flatMap(({ afterNs }) => afterNs)).toContain(null)
    await again.stop()
  },
)
