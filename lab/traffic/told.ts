// What a program in a node tells, a line of JSON, made an event of the history.

import { z } from 'zod'
import type { Told } from './events.ts'

const flow = z.string()
const ns = z.number()
const count = z.number().nonnegative()
const counts = z.record(z.string(), count)
const span = { flow, fromNs: ns, toNs: ns }

const requests = z.object({
  name: z.string(),
  asked: count,
  sent: count,
  answered: count,
  errors: counts,
  latency: z.array(z.number()),
  longestNs: ns,
  status: counts.exactOptional(),
  sources: counts.exactOptional(),
  servers: counts.exactOptional(),
})

const phase = z.enum([
  'established',
  'silent',
  'resumed',
  'reset',
  'closed',
  'timeout',
  'unreachable',
  'corrupt',
  'hung',
])

const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('traffic-sample'), ...span, parts: z.array(requests) }),
  z.object({
    kind: z.literal('transfer-sample'),
    ...span,
    side: z.enum(['sender', 'receiver']),
    bytes: count,
    retransmits: count.exactOptional(),
    smoothedRttNs: ns.exactOptional(),
    datagrams: count.exactOptional(),
    // A datagram that comes late is taken back from the lost ones, so an interval may have fewer than none.
    lost: z.number().exactOptional(),
    interarrivalJitterNs: ns.exactOptional(),
  }),
  z.object({
    kind: z.literal('session'),
    flow,
    session: z.int(),
    phase,
    sinceNs: ns,
    source: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('new-sessions'),
    flow,
    startedNs: z.array(ns),
    afterNs: z.array(ns.nullable()),
    sources: z.array(z.string().nullable()),
  }),
  z.object({ kind: z.literal('session-server'), ...span, open: count, resets: count, resetsSent: count }),
  z.object({ kind: z.literal('traffic-ended'), flow, side: z.enum(['client', 'server']), why: z.string() }),
]) satisfies z.ZodType<Told>

const timed = z.object({ atNs: ns })

const json = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The event of a line and when it happened; undefined for a line that is none. */
export function told(line: string): { readonly body: Told; readonly atNs: number } | undefined {
  const value = json(line)
  const body = schema.safeParse(value)
  const time = timed.safeParse(value)
  return body.success && time.success ? { body: body.data, atNs: time.data.atNs } : undefined
}
