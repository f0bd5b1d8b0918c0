// Histories with a known truth, for tests.

import type { Bracket, Direction, FlowRecord } from '../events.ts'
import { type History, newHistory } from '../history.ts'

export const MS = 1e6
export const S = 1e9
export const users = { name: 'probe vpc-a-web-1 → internet' }
export const death = { name: 'death of nat-gw-a-1' }

export type Story = {
  readonly flow?: string
  /** The stream that the flow is one of several of. */
  readonly of?: string
  readonly direction?: Direction
  readonly gapNs?: number
  /** The sender sends from 0 up to here. */
  readonly endNs?: number
  readonly delayNs?: number
  /** When packets take longer, or less long, than that. */
  readonly delayed?: readonly (Bracket & { readonly delayNs: number })[]
  /** Which gateway hands on what enters from then on; none: no gateway is on the path. */
  readonly carried?: readonly { readonly via: string; readonly fromNs: number }[]
  /** When the network drops what enters it. */
  readonly down?: readonly Bracket[]
  /** When the sender sends nothing; it skips the ticks it misses, so that no number is missing. */
  readonly stalled?: readonly Bracket[]
  /** When the sender's stack refuses what it sends: numbers are missing. */
  readonly refused?: readonly Bracket[]
}

const within = (spans: readonly Bracket[], ns: number) => spans.some(({ fromNs, toNs }) => ns >= fromNs && ns < toNs)

type Run = { readonly via: string; count: number; readonly firstNs: number; lastNs: number }

/** Unbroken runs of arrivals from one gateway. */
function runs(carried: readonly { via: string; fromNs: number }[], probes: readonly Arrived[]): Run[] {
  const all: Run[] = []
  for (const { inNs, outNs } of probes.toSorted((a, b) => a.outNs - b.outNs)) {
    const via = carried.findLast(({ fromNs }) => inNs >= fromNs)?.via
    const last = all.at(-1)
    if (via === undefined) continue
    if (last?.via === via) Object.assign(last, { count: last.count + 1, lastNs: outNs })
    else all.push({ via, count: 1, firstNs: outNs, lastNs: outNs })
  }
  return all
}

type Arrived = { readonly inNs: number; readonly outNs: number }

/** The record that perfect taps make of a story. */
export function madeRecord(story: Story = {}): FlowRecord {
  const { flow = users.name, of, direction = 'forward', gapNs = 4 * MS, endNs = 10 * S, delayNs = MS } = story
  const { down = [], stalled = [], refused = [], delayed = [], carried = [] } = story
  const ticks = Array.from({ length: Math.ceil(endNs / gapNs) }, (_, i) => i * gapNs)
  const probes = ticks
    .filter((ns) => !within(stalled, ns))
    .map((ns, i) => ({ number: i + 1, ns }))
    .filter(({ ns }) => !within(refused, ns))
  const takes = (ns: number) => delayed.find((span) => within([span], ns))?.delayNs ?? delayNs
  const outNs = probes.map(({ ns }) => (within(down, ns) ? null : ns + takes(ns)))
  const passed = probes.flatMap(({ ns }, i) => (outNs[i] === null ? [] : [{ inNs: ns, outNs: outNs[i] ?? 0 }]))
  const arrivals = outNs.filter((out) => out !== null)
  const run = { count: arrivals.length, firstNs: arrivals[0] ?? 0, lastNs: arrivals.at(-1) ?? 0 }
  return {
    kind: 'flow-record',
    flow,
    ...(of === undefined ? {} : { of }),
    direction,
    gapNs,
    numbers: probes.map(({ number }) => number),
    inNs: probes.map(({ ns }) => ns),
    outNs,
    duplicates: 0,
    duplicateNs: [],
    sources: arrivals.length > 0 ? [{ address: '203.0.113.17', ...run }] : [],
    paths: runs(carried, passed),
  }
}

export type Struck = {
  readonly fault?: string
  readonly appliedNs: number
  /** Width of both brackets. */
  readonly widthNs?: number
  readonly healingNs?: number
  /** When it let go; by default at once. */
  readonly letGoNs?: number
}

/** A history of these records, with a fault if it is told of one. */
export function madeHistory(records: readonly FlowRecord[], struck?: Struck): History {
  const history = newHistory()
  if (struck) {
    const { fault = death.name, appliedNs, widthNs = 0, healingNs, letGoNs = healingNs } = struck
    const about = { kind: 'fault', fault, targets: ['nat-gw-a-1'] } as const
    const bracket = (ns: number) => ({ fromNs: ns, toNs: ns + widthNs })
    history.record('scenario', { ...about, phase: 'planned' }, appliedNs - MS)
    history.record('scenario', { ...about, phase: 'applied', bracket: bracket(appliedNs) }, appliedNs + widthNs)
    if (healingNs !== undefined) history.record('scenario', { ...about, phase: 'healing' }, healingNs)
    if (letGoNs !== undefined)
      history.record('scenario', { ...about, phase: 'healed', bracket: bracket(letGoNs) }, letGoNs)
  }
  for (const record of records) history.record('patchbay', record, 60 * S)
  return history
}

/** Both directions of the same story. */
export const bothWays = (story: Story = {}): FlowRecord[] => [
  madeRecord({ ...story, direction: 'forward' }),
  madeRecord({ ...story, direction: 'reverse' }),
]

/** Both directions of a stream of several flows, each with a story of its own. */
export const streamOf = (stories: readonly Story[], of = users.name): FlowRecord[] =>
  stories.flatMap((story, i) => bothWays({ ...story, flow: `${of} #${i + 1}`, of }))
