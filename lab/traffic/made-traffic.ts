// Histories of real traffic with a known truth, for tests.

import type { EventBody } from '../events.ts'
import type { History } from '../history.ts'
import { madeHistory, type Struck } from '../loss/made-history.ts'
import type { RequestCounts, SessionPhase, TrafficEvent } from './events.ts'
import { histogram } from './histogram.ts'

const MS = 1e6
const S = 1e9

export const web = { name: 'http vpc-a-web-1 → vpc-a-app-1' }
export const copies = { name: 'tcp vpc-a-web-2 → vpc-a-web-1' }
export const held = { name: 'sessions vpc-a-web-1 → internet' }
/** A fault from 5 s to 8 s. */
export const struck: Struck = { appliedNs: 5 * S, healingNs: 8 * S }

const about = (flow: string, more: Partial<TrafficEvent>): TrafficEvent => ({
  kind: 'traffic',
  flow,
  generator: 'http',
  phase: 'started',
  from: 'vpc-a-web-1',
  to: 'vpc-a-app-1',
  tenant: 'tenant-1',
  vpc: 'vpc-a',
  tier: 'web',
  toTier: 'app',
  asked: 100,
  unit: 'requests',
  ...more,
})

/** Records in order of time, as a lab does. */
function recorded(struckBy: Struck | undefined, events: readonly (readonly [number, EventBody])[]): History {
  const history = madeHistory([], struckBy)
  for (const [atNs, body] of events.toSorted(([a], [b]) => a - b)) history.record('vpc-a-web-1', body, atNs)
  return history
}

export type Second = Partial<Omit<RequestCounts, 'latency'>> & { readonly latencyNs?: readonly number[] }

const counts = ({ latencyNs = Array(100).fill(2 * MS), ...more }: Second = {}): RequestCounts => ({
  name: 'GET /',
  asked: 100,
  sent: 100,
  answered: latencyNs.length,
  errors: {},
  latency: histogram(latencyNs),
  longestNs: Math.max(0, ...latencyNs),
  ...more,
})

/** Ten seconds of requests, 100 each answered in 2 ms; where told, a second is another: its number → what it was. */
export function madeRequests(
  seconds: Readonly<Record<number, Second | 'silent'>> = {},
  { struckBy = struck as Struck | undefined, more = {} as Partial<TrafficEvent>, flow = web.name } = {},
): History {
  const samples = Array.from({ length: 10 }, (_, i) => i).flatMap((i): [number, EventBody][] => {
    const told = seconds[i]
    if (told === 'silent') return []
    const parts = [counts(told)]
    return [[(i + 1) * S, { kind: 'traffic-sample', flow, fromNs: i * S, toNs: (i + 1) * S, parts }]]
  })
  const ends: [number, EventBody][] = [
    [0, about(flow, more)],
    [10 * S, about(flow, { ...more, phase: 'stopped' })],
  ]
  return recorded(struckBy, [...samples, ...ends])
}

/** Ten seconds of bulk data, 40 Mbit/s each; where told, the receiver got another share of it in a second. */
export function madeTransfer(shares: Readonly<Record<number, number>> = {}, offeredShare = 1): History {
  const flow = copies.name
  const samples = Array.from({ length: 10 }, (_, i) => i).flatMap((i): [number, EventBody][] => {
    const span = { kind: 'transfer-sample', flow, fromNs: i * S, toNs: (i + 1) * S } as const
    const bytes = 5e6 * offeredShare
    return [
      [(i + 1) * S, { ...span, side: 'sender', bytes, retransmits: (shares[i] ?? 1) < 1 ? 7 : 0 }],
      [(i + 1) * S, { ...span, side: 'receiver', bytes: bytes * (shares[i] ?? 1) }],
    ]
  })
  const mine = { generator: 'tcp', unit: 'bits', asked: 40e6 } as const
  const ends: [number, EventBody][] = [
    [0, about(flow, mine)],
    [10 * S, about(flow, { ...mine, phase: 'stopped' })],
  ]
  return recorded(struck, [...samples, ...ends])
}

export type Happening = {
  readonly session: number
  readonly phase: SessionPhase
  readonly atNs: number
  readonly sinceNs?: number
  readonly source?: string
}

export const OURS = '203.0.113.17'

type MadeSessions = {
  readonly count?: number
  readonly happenings?: readonly Happening[]
  /** When new sessions fail, of one tried every 100 ms. */
  readonly refused?: readonly (readonly [fromNs: number, toNs: number])[]
  /** What is told of them, by kind; nothing where it is not given. */
  readonly refusedBy?: string
  /** Where new sessions come from. */
  readonly newFrom?: string
}

/** Sessions that are established in the first second and held for ten. */
export function madeSessions({
  count = 10,
  happenings = [],
  refused = [],
  refusedBy,
  newFrom = OURS,
}: MadeSessions): History {
  const flow = held.name
  const event = ({ atNs, sinceNs = atNs, ...rest }: Happening): [number, EventBody] => [
    atNs,
    { kind: 'session', flow, sinceNs, ...rest },
  ]
  const established = Array.from({ length: count }, (_, i) =>
    event({ session: i + 1, phase: 'established', atNs: 0.5 * S, source: `${OURS}:${40_000 + i}` }),
  )
  const seconds = Array.from({ length: 10 }, (_, i) => i)
  const tried = seconds.flatMap((i): [number, EventBody][] => {
    const startedNs = Array.from({ length: 10 }, (__, j) => i * S + j * 100 * MS)
    const fails = startedNs.map((ns) => refused.some(([from, to]) => ns >= from && ns < to))
    const afterNs = fails.map((failed) => (failed ? null : 3 * MS))
    const sources = fails.map((failed) => (failed ? null : newFrom))
    return [[(i + 1) * S, { kind: 'new-sessions', flow, startedNs, afterNs, sources }]]
  })
  const inSecond = (i: number) => (ns: number) => Math.floor(ns / S) === i
  const tellRefused = (i: number) => {
    const failed = tried.flatMap(([, body]) =>
      body.kind === 'new-sessions' ? body.startedNs.filter((ns, j) => inSecond(i)(ns) && body.afterNs[j] === null) : [],
    ).length
    if (refusedBy === undefined || failed === 0) return []
    return [counts({ name: 'new session', latencyNs: [], errors: { [refusedBy]: failed } })]
  }
  const samples = seconds.map((i): [number, EventBody] => [
    (i + 1) * S,
    {
      kind: 'traffic-sample',
      flow,
      fromNs: i * S,
      toNs: (i + 1) * S,
      parts: [counts({ name: 'exchange' }), ...tellRefused(i)],
    },
  ])
  const mine = {
    generator: 'sessions',
    unit: 'exchanges',
    to: 'internet',
    toTier: 'internet',
    sessions: count,
  } as const
  const ends: [number, EventBody][] = [
    [0, about(flow, mine)],
    [10 * S, about(flow, { ...mine, phase: 'stopped' })],
  ]
  return recorded(struck, [...ends, ...established, ...happenings.map(event), ...tried, ...samples])
}
