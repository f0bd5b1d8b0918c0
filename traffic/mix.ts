// Ready mixes, shared out evenly among tenants.

import { ScenarioError } from '../lab/errors.ts'
import type { Topology, Vpc } from '../lab/topology/types.ts'
import { type Line, profile } from './profile.ts'
import { several } from './several.ts'
import type { Traffic } from './traffic.ts'

/** Of all tenants together. */
type Mix = {
  readonly megabits: number
  readonly streams: number
  readonly requestsPerSecond: number
  readonly sessions: number
}

/**
 * Two cores carry about 400 Mbit/s of TCP across two chassis, when they do nothing else. `heavy` keeps
 * below that by what its requests and sessions cost: see docs/writing-a-scenario.md for what was measured.
 */
const MIXES = {
  standard: { megabits: 100, streams: 4, requestsPerSecond: 100, sessions: 0 },
  heavy: { megabits: 200, streams: 8, requestsPerSecond: 300, sessions: 100 },
} as const satisfies Readonly<Record<string, Mix>>

export type MixName = keyof typeof MIXES

export type MixOptions = {
  /** Tenants that share it, all by default. */
  readonly tenants?: readonly string[]
}

/** Bulk goes from the tier of the generators, where a VPC has one, to its web tier; requests from web to app. */
function linesOf({ workloads }: Vpc, tenant: string, { megabits, streams, requestsPerSecond, sessions }: Mix): Line[] {
  const from = workloads.some(({ tier }) => tier === 'test') ? 'test' : 'app'
  return [
    { tenant, from, to: 'web', bulk: { rate: `${megabits}Mbps`, streams } },
    { tenant, from: 'web', to: 'app', http: { rate: `${requestsPerSecond}/s` } },
    ...(sessions > 0 ? [{ tenant, from: 'web', to: 'internet', sessions: { count: sessions } } as const] : []),
  ]
}

const share = (whole: number, parts: number): number => Math.max(1, Math.round(whole / parts))

function partsIn(name: string, mix: Mix, topology: Topology, tenants?: readonly string[]): Traffic[] {
  const all = Object.values(topology.vpcs)
  const mine = all.filter(({ tenant }) => !tenants || tenants.includes(tenant))
  const wrong = tenants?.find((tenant) => !all.some((vpc) => vpc.tenant === tenant))
  const known = [...new Set(all.map(({ tenant }) => tenant))].join(', ')
  if (wrong !== undefined || mine.length === 0)
    throw new ScenarioError(`${name}: no tenant '${wrong ?? ''}' in ${topology.name}; it has ${known}`)
  const part: Mix = {
    megabits: share(mix.megabits, mine.length),
    streams: share(mix.streams, mine.length),
    requestsPerSecond: share(mix.requestsPerSecond, mine.length),
    sessions: mix.sessions === 0 ? 0 : share(mix.sessions, mine.length),
  }
  return [profile({ name, traffic: mine.flatMap((vpc) => linesOf(vpc, vpc.tenant, part)) })]
}

/**
 * `standard`: 100 Mbit/s in 4 TCP streams and 100 HTTP requests each second. `heavy`: 200 Mbit/s in 8
 * streams, 300 requests each second and 100 long-lived sessions to the internet. In all, shared out evenly
 * among the tenants. Throws ScenarioError for another name.
 */
export function mix(name: MixName, { tenants }: MixOptions = {}): Traffic {
  if (!Object.hasOwn(MIXES, name))
    throw new ScenarioError(`no mix '${name}'; there are ${Object.keys(MIXES).join(', ')}`)
  return several(`${name} mix`, (topology) => partsIn(`${name} mix`, MIXES[name], topology, tenants))
}
