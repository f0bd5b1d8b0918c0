// Asks the lab's Prometheus, in the monitor, over its HTTP API.

import { z } from 'zod'
import { LabError, ScenarioError } from '../errors.ts'
import type { History } from '../history.ts'
import { quote } from '../quote.ts'
import type { Lab } from '../types.ts'
import { PORTS } from './exporters.ts'
import { SCRAPE_S } from './prometheus.ts'
import type { Series, SeriesEvent } from './series.ts'

type Asking = Pick<Lab, 'topology' | 'try' | 'history'>

const labels = z.record(z.string(), z.string())
const sample = z.tuple([z.number(), z.string()])
const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.enum(['matrix', 'vector', 'scalar', 'string']),
      result: z.array(
        z.union([
          z.object({ metric: labels, values: z.array(sample) }),
          z.object({ metric: labels, value: sample }),
          z.number(),
          z.string(),
        ]),
      ),
    }),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
])

/** Throws ScenarioError for a lab without one. */
export function monitorOf({ topology }: Pick<Lab, 'topology'>, wanted: string): string {
  if (topology.monitor) return topology.monitor.name
  throw new ScenarioError(`${topology.name} has no monitor, wanted for ${wanted}; start the lab withMonitor(topology)`)
}

/** Whole ms, as Prometheus counts. */
const unixSeconds = (history: Pick<History, 'epoch'>, ns: number): string => {
  const ms = (BigInt(history.epoch) + BigInt(Math.round(ns))) / 1_000_000n
  return `${ms / 1000n}.${String(ms % 1000n).padStart(3, '0')}`
}

/** A value as Prometheus writes it; NaN is none. */
const numberOf = (text: string): number =>
  text === '+Inf' ? Number.POSITIVE_INFINITY : text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text)

async function get(lab: Asking, path: string, parameters: Readonly<Record<string, string>>): Promise<Series[]> {
  const query = parameters.query ?? path
  const node = monitorOf(lab, query)
  const fields = Object.entries(parameters).map(([name, value]) => `--data-urlencode ${quote(`${name}=${value}`)}`)
  const { out, exit } = await lab.try(
    node,
    `curl -sS -m 10 ${fields.join(' ')} http://127.0.0.1:${PORTS.prometheus}/api/v1/${path}`,
  )
  if (exit !== 0) throw new LabError(`${node}: Prometheus did not answer ${query}: ${out.trim() || `exit ${exit}`}`)
  const told = answer.safeParse(parsed(out))
  if (!told.success) throw new LabError(`${node}: Prometheus answered ${query} with: ${out.trim().slice(0, 120)}`)
  if (told.data.status === 'error') {
    const { errorType, error } = told.data
    if (errorType === 'bad_data') throw new ScenarioError(`no PromQL: ${query}: ${error}`)
    throw new LabError(`${node}: Prometheus could not answer ${query}: ${error}`)
  }
  const { resultType, result } = told.data.data
  if (resultType !== 'matrix' && resultType !== 'vector')
    throw new ScenarioError(`${query} gives a ${resultType}; wanted series: put it into vector()`)
  return result.flatMap((each) => {
    if (typeof each !== 'object') return []
    const values = 'values' in each ? each.values : [each.value]
    const points = values
      .map(([seconds, text]) => [at(lab.history, seconds), numberOf(text)] as const)
      .filter(([, value]) => !Number.isNaN(value))
    return [{ labels: each.metric, points }]
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const at = (history: Pick<History, 'at'>, seconds: number): number =>
  history.at(BigInt(Math.round(seconds * 1000)) * 1_000_000n)

/** The series of a query as they are now. Throws ScenarioError for what is no PromQL, LabError where nobody answers. */
export const instant = (lab: Asking, query: string): Promise<readonly Series[]> => get(lab, 'query', { query })

/** The series of a query from one instant to another, a value for each second. */
export async function range(lab: Asking, query: string, fromNs: number, toNs: number): Promise<SeriesEvent> {
  const [start, end] = [unixSeconds(lab.history, fromNs), unixSeconds(lab.history, toNs)]
  const series = await get(lab, 'query_range', { query, start, end, step: String(SCRAPE_S) })
  return { kind: 'series', query, fromNs, toNs, stepNs: SCRAPE_S * 1e9, series }
}
