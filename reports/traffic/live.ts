// How real traffic is doing while it runs: one line every few seconds for all of it.

import type { Event } from '../../lab/events.ts'
import { percent } from '../../lab/percent.ts'
import { human } from '../../lab/time.ts'
import type { TrafficSample, TransferSample } from '../../lab/traffic/events.ts'
import { kinds, latencies, requestsOf } from '../../lab/traffic/requests.ts'
import { rate } from '../../lab/traffic/transfer.ts'

const EVERY_NS = 5e9

type Seen = {
  readonly flows: Map<string, string>
  samples: TrafficSample[]
  moved: TransferSample[]
  readonly sessions: Map<string, string>
  toldNs: number
}

const seconds = (spans: readonly { readonly fromNs: number; readonly toNs: number }[]): number =>
  spans.reduce((ns, { fromNs, toNs }) => ns + toNs - fromNs, 0) / 1e9

/** Flows run side by side: their rates add up. */
const perSecond = <S extends { readonly flow: string; readonly fromNs: number; readonly toNs: number }>(
  samples: readonly S[],
  count: (of: readonly S[]) => number,
): number =>
  [...Map.groupBy(samples, ({ flow }) => flow).values()].reduce((sum, of) => sum + count(of) / seconds(of), 0)

function requestsLine(name: string, samples: readonly TrafficSample[]): string[] {
  const { answered, failed, errors, ...times } = requestsOf(samples)
  if (answered + failed === 0) return []
  const p99 = latencies(times)?.p99
  const bad = failed > 0 ? `, ${percent(failed / (answered + failed))} failed (${kinds(errors)})` : ''
  const each = Math.round(perSecond(samples, (of) => requestsOf(of).answered))
  return [`${name} ${each}/s${p99 === undefined ? '' : ` p99 ${human(p99)}`}${bad}`]
}

function transferLine(name: string, moved: readonly TransferSample[]): string[] {
  const got = moved.filter(({ side }) => side === 'receiver')
  if (got.length === 0) return []
  const sum = (of: readonly TransferSample[], key: 'retransmits' | 'lost') =>
    of.reduce((n, sample) => n + (sample[key] ?? 0), 0)
  const again = sum(moved, 'retransmits')
  const lost = sum(got, 'lost')
  const bps = perSecond(got, (of) => of.reduce((n, { bytes }) => n + 8 * bytes, 0))
  return [
    `${name} ${rate(bps)}${again > 0 ? `, ${again} retransmits` : ''}${lost > 0 ? `, ${lost} datagrams lost` : ''}`,
  ]
}

function sessionsLine(phases: Iterable<string>): string[] {
  const counts = new Map<string, number>()
  for (const phase of phases) counts.set(phase, (counts.get(phase) ?? 0) + 1)
  if (counts.size === 0) return []
  const up = (counts.get('established') ?? 0) + (counts.get('resumed') ?? 0)
  const rest = [...counts].filter(([phase]) => phase !== 'established' && phase !== 'resumed')
  return [[`${up} sessions up`, ...rest.map(([phase, count]) => `${count} ${phase}`)].join(', ')]
}

function line({ flows, samples, moved, sessions }: Seen): string {
  const of = <S extends { readonly flow: string }>(all: readonly S[], generator: string) =>
    all.filter(({ flow }) => flows.get(flow) === generator)
  const parts = [
    ...requestsLine('http', of(samples, 'http')),
    ...requestsLine('icmp', of(samples, 'icmp')),
    ...transferLine('tcp', of(moved, 'tcp')),
    ...transferLine('udp', of(moved, 'udp')),
    ...sessionsLine(sessions.values()),
  ]
  return parts.join(' · ')
}

/** Called with every event; returns a line when it is time for one. */
export function liveTraffic(): (event: Event) => string | undefined {
  const seen: Seen = { flows: new Map(), samples: [], moved: [], sessions: new Map(), toldNs: 0 }
  return (event) => {
    if (event.kind === 'traffic' && event.phase === 'started') {
      if (seen.flows.size === 0) seen.toldNs = event.atNs
      seen.flows.set(event.flow, event.generator)
    }
    if (event.kind === 'traffic' && event.phase === 'stopped') {
      for (const key of seen.sessions.keys()) if (key.startsWith(`${event.flow}#`)) seen.sessions.delete(key)
    }
    if (event.kind === 'session') seen.sessions.set(`${event.flow}#${event.session}`, event.phase)
    if (event.kind === 'traffic-sample') seen.samples.push(event)
    else if (event.kind === 'transfer-sample') seen.moved.push(event)
    else return undefined
    if (event.atNs - seen.toldNs < EVERY_NS) return undefined
    const text = line(seen)
    seen.toldNs = event.atNs
    seen.samples = []
    seen.moved = []
    return text
  }
}
