// What became of requests in a stretch of time.

import type { RequestCounts, TrafficSample } from './events.ts'
import { type Histogram, merged, quantile } from './histogram.ts'

export type Requests = {
  readonly asked: number
  readonly answered: number
  /** Those that were not answered as they should be, or never left. */
  readonly failed: number
  /** By kind, 'timeout', 'unsent'. */
  readonly errors: Readonly<Record<string, number>>
  readonly latency: Histogram
  readonly longestNs: number
  /** The client's address as the answers named it. */
  readonly sources: Readonly<Record<string, number>>
  /** For how long, ns. */
  readonly tookNs: number
}

/** Adds up counts by key. */
export function summed(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const [key, count] of all.flatMap((each) => Object.entries(each))) sum[key] = (sum[key] ?? 0) + count
  return sum
}

const add = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** All requests of these samples, or those of one class. */
export function requestsOf(samples: readonly TrafficSample[], name?: string): Requests {
  const parts: RequestCounts[] = samples.flatMap((sample) =>
    sample.parts.filter((part) => name === undefined || part.name === name),
  )
  const errors = summed(parts.map((part) => part.errors))
  return {
    asked: add(parts.map(({ asked }) => asked)),
    answered: add(parts.map(({ answered }) => answered)),
    failed: add(Object.values(errors)),
    errors,
    latency: merged(parts.map(({ latency }) => latency)),
    longestNs: Math.max(0, ...parts.map(({ longestNs }) => longestNs)),
    sources: summed(parts.map(({ sources = {} }) => sources)),
    tookNs: samples.reduce((ns, { fromNs, toNs }) => ns + toNs - fromNs, 0),
  }
}

/** '10 timeout, 2 unsent'; empty where nothing failed. */
export const kinds = (errors: Readonly<Record<string, number>>): string =>
  Object.entries(errors)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')

export type Latencies = { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number }

/** Quantiles of a latency, ns; none without an answer. */
export function latencies({ latency, longestNs }: Pick<Requests, 'latency' | 'longestNs'>): Latencies | undefined {
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => quantile(latency, share))
  if (p50 === undefined || p90 === undefined || p99 === undefined) return undefined
  return { p50: Math.min(p50, longestNs), p90: Math.min(p90, longestNs), p99: Math.min(p99, longestNs), max: longestNs }
}
