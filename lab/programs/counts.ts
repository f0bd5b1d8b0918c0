// Counts the requests of one class, second by second.

import type { RequestCounts } from '../traffic/events.ts'
import { histogram } from '../traffic/histogram.ts'

export type Counter = {
  readonly name: string
  readonly sent: (count?: number) => void
  /** An answer as it should be, after this long. */
  readonly answered: (tookNs: number) => void
  readonly failed: (kind: string, count?: number) => void
  readonly status: (code: string) => void
  readonly source: (address: string) => void
  readonly server: (name: string) => void
  /** What came together since the last time; `asked` is what the schedule wanted, without it what was sent. */
  readonly take: (asked?: number) => RequestCounts
}

const add = (to: Record<string, number>, key: string, count = 1) => {
  to[key] = (to[key] ?? 0) + count
}

export function counter(name: string): Counter {
  const none = () => ({
    sent: 0,
    times: [] as number[],
    errors: {} as Record<string, number>,
    status: {} as Record<string, number>,
    sources: {} as Record<string, number>,
    servers: {} as Record<string, number>,
  })
  let now = none()
  return {
    name,
    sent: (count = 1) => {
      now.sent += count
    },
    answered: (tookNs) => void now.times.push(tookNs),
    failed: (kind, count = 1) => {
      if (count > 0) add(now.errors, kind, count)
    },
    status: (code) => add(now.status, code),
    source: (address) => add(now.sources, address),
    server: (name) => add(now.servers, name),
    take: (asked) => {
      const { sent, times, errors, status, sources, servers } = now
      now = none()
      const some = (counts: Record<string, number>) => Object.keys(counts).length > 0
      return {
        name,
        asked: asked ?? sent,
        sent,
        answered: times.length,
        errors,
        latency: histogram(times),
        longestNs: Math.max(0, ...times),
        ...(some(status) && { status }),
        ...(some(sources) && { sources }),
        ...(some(servers) && { servers }),
      }
    },
  }
}

const KINDS: Readonly<Record<string, string>> = {
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
}

/** An error of a socket in the words of this project. */
export const kindOf = ({ code }: { readonly code?: string }): string =>
  KINDS[code ?? ''] ?? (code ?? 'error').toLowerCase()
