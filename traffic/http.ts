// HTTP requests at a set rate, from inside a workload, by autocannon.

import { ScenarioError } from '../lab/errors.ts'
import type { HttpOptions as Program } from '../lab/programs/http.ts'
import { toNs } from '../lab/time.ts'
import { checkEnds, frontOf, labelsOf, serversOf } from './ends.ts'
import { startGenerator } from './generator.ts'
import { durationBetween, type PerSecond, parsePerSecond, wholeBetween } from './rates.ts'
import { requestsAnswered, requestsSustained } from './steadiness.ts'
import type { Traffic } from './traffic.ts'

/** A class of requests, told apart in the results. */
export type RequestClass = {
  /** 'GET' by default. */
  readonly method?: 'GET' | 'POST'
  /** '/' by default. */
  readonly path?: `/${string}`
  /** Of the request; 0 by default. */
  readonly bodyBytes?: number
}

export type HttpOptions = {
  readonly from: string
  /** A workload that serves HTTP, the internet, or a load balancer of workloads. */
  readonly to: string
  /** Requests each second of all classes together, '100/s' by default. */
  readonly rate?: PerSecond
  /** At most so many at once; by default 20, or as many as requests each second. */
  readonly connections?: number
  /** Connections that stay, the default; or one for each request. */
  readonly mode?: 'keep-alive' | 'new-connection'
  /** By default one class, 'GET /'; connections are dealt out among them. */
  readonly classes?: readonly RequestClass[]
  /** An answer that takes longer is a failure, '2s' by default, and at least. */
  readonly timeout?: `${number}s`
  /** How long no request may fail before the flow counts as recovered for good, '3s' by default. */
  readonly sustainedFor?: `${number}s`
}

/** autocannon's client spends a millisecond of a core on a new connection, a quarter of one on a request. */
const MOST = { 'keep-alive': 2000, 'new-connection': 300 } as const
const MOST_CONNECTIONS = 1000
const MOST_BODY = 1e6

const className = ({ method = 'GET', path = '/', bodyBytes = 0 }: RequestClass): string =>
  `${method} ${path}${bodyBytes > 0 ? ` ${bodyBytes} B` : ''}`

function classesOf(classes: readonly RequestClass[]): Program['classes'] {
  const named = classes.map((each) => {
    const { method = 'GET', path = '/', bodyBytes = 0 } = each
    return { name: className(each), method, path, bodyBytes: wholeBetween('bytes of a body', bodyBytes, 0, MOST_BODY) }
  })
  const names = named.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) throw new ScenarioError(`two classes of requests are '${twice}'; their results could not be told apart`)
  const wrong = named.find(({ path }) => !/^\/[\w/.~%?=&-]*$/.test(path))
  if (wrong) throw new ScenarioError(`no path of a request: '${wrong.path}'; it starts with a slash, as in /status`)
  return named
}

/**
 * HTTP requests from one node to another. A request is answered when its response has a status of 2xx and
 * names the server that was asked; all else is an error of a kind: timeout, reset, refused, closed,
 * unreachable, status, mismatch, and unsent where its connection still waited for an answer.
 */
export function http(options: HttpOptions): Traffic {
  const { from, to, mode = 'keep-alive', classes: asked = [{}], timeout = '2s', sustainedFor = '3s' } = options
  const rate = parsePerSecond('requests', options.rate ?? '100/s', MOST[mode])
  const classes = classesOf(asked)
  const most = Math.min(MOST_CONNECTIONS, rate)
  const connections = wholeBetween('connections', options.connections ?? Math.min(20, rate), classes.length, most)
  const timeoutNs = durationBetween('timeout of requests', timeout, '2s', '60s')
  const sustainedNs = toNs(sustainedFor)
  const name = `http ${from} → ${to}${mode === 'new-connection' ? ' on new connections' : ''}`
  return {
    name,
    check: ({ topology }) => {
      checkEnds(topology, 'http', [from, ...serversOf(topology, to)])
      frontOf(topology, from, to)
    },
    start: (lab, of) => {
      const client: Program = {
        ...frontOf(lab.topology, from, to),
        rate,
        connections,
        mode,
        classes,
        timeoutS: timeoutNs / 1e9,
      }
      return startGenerator(lab, {
        about: {
          flow: name,
          ...(of !== undefined && { of }),
          generator: 'http',
          from,
          to,
          ...labelsOf(lab.topology, from, to),
          asked: rate,
          unit: 'requests',
        },
        programs: () => [{ node: from, program: 'http', side: 'client', options: client }],
        answered: ({ samples }) => requestsAnswered(samples),
        sustained: ({ samples }, forNs) => requestsSustained(samples, forNs),
        sustainedNs,
      })
    },
  }
}
