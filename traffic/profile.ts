// Traffic from data: which tiers of which tenants talk to each other, and how.

import { ScenarioError } from '../lab/errors.ts'
import { alternatives } from '../lab/topology/alternatives.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import { expectations } from '../lab/topology/policy.ts'
import type { Tier, Topology, Vpc, Workload } from '../lab/topology/types.ts'
import { type BulkOptions, bulk } from './bulk.ts'
import { type HttpOptions, http } from './http.ts'
import { type IcmpOptions, icmp } from './icmp.ts'
import { type SessionsOptions, sessions } from './sessions.ts'
import { several } from './several.ts'
import type { Traffic } from './traffic.ts'

type Without<T> = Omit<T, 'from' | 'to'>

/** What is sent between two ends: one kind of traffic, with its options. */
export type Kind =
  | { readonly http: Without<HttpOptions> }
  | { readonly bulk: Without<BulkOptions> }
  | { readonly sessions: Without<SessionsOptions> }
  | { readonly icmp: Without<IcmpOptions> }

/**
 * One line of a profile. An end is a tier, 'web', of which one workload is taken, for the far end one on
 * another chassis where there is one; or a node, 'vpc-a-web-2'; or for the far end 'internet'.
 */
export type Line = Kind & {
  /** Every tenant of the topology has such traffic, unless one is named. */
  readonly tenant?: string
  readonly from: Tier | (string & {})
  readonly to: Tier | 'internet' | (string & {})
}

export type Profile = {
  /** 'tier mix' */
  readonly name: string
  readonly traffic: readonly Line[]
}

const TIERS: readonly string[] = ['web', 'app', 'db', 'test'] satisfies Tier[]

/** The VPCs that a line speaks of. */
function vpcsOf({ name }: Profile, topology: Topology, { tenant }: Line): Vpc[] {
  const all = Object.values(topology.vpcs)
  const mine = all.filter((vpc) => tenant === undefined || vpc.tenant === tenant)
  if (mine.length > 0) return mine
  const tenants = [...new Set(all.map((vpc) => vpc.tenant))]
  throw new ScenarioError(
    `${name}: no tenant '${tenant}' in ${topology.name}; it has ${alternatives(tenant ?? '', tenants)}`,
  )
}

function ofTier({ name }: Profile, vpc: Vpc, tier: string, near?: Workload): Workload {
  const all = vpc.workloads.filter((workload) => workload.tier === tier)
  const others = all.filter((workload) => workload !== near)
  const found = others.find(({ chassis }) => chassis !== near?.chassis) ?? others[0]
  if (found) return found
  if (all.length > 0) throw new ScenarioError(`${name}: ${vpc.name} has one workload of the tier ${tier} only`)
  const tiers = [...new Set(vpc.workloads.map((workload) => workload.tier))]
  throw new ScenarioError(`${name}: no tier '${tier}' in ${vpc.name}; it has ${tiers.join(', ')}`)
}

/** The two ends of a line in a VPC; none where it names nodes of another. */
function endsIn(profile: Profile, topology: Topology, vpc: Vpc, { from, to }: Line) {
  const nodeIn = (node: string) => {
    const found = nodeNamed(topology, node)
    return found.vpc === vpc || found.role === 'internet' ? node : undefined
  }
  const named = (end: string, near?: Workload) =>
    TIERS.includes(end) ? ofTier(profile, vpc, end, near).name : nodeIn(end)
  const start = named(from)
  const end = named(
    to,
    vpc.workloads.find(({ name }) => name === start),
  )
  return start !== undefined && end !== undefined ? { from: start, to: end } : undefined
}

function trafficOf(line: Kind, ends: { from: string; to: string }): Traffic {
  if ('http' in line) return http({ ...line.http, ...ends })
  if ('bulk' in line) return bulk({ ...line.bulk, ...ends })
  if ('sessions' in line) return sessions({ ...line.sessions, ...ends })
  return icmp({ ...line.icmp, ...ends })
}

function partsIn(profile: Profile, topology: Topology): Traffic[] {
  const { name, traffic } = profile
  if (traffic.length === 0) throw new ScenarioError(`${name} has no traffic`)
  const open = new Set(
    expectations(topology)
      .filter(({ expect }) => expect === 'answered')
      .map(({ from, to }) => `${from} ${to}`),
  )
  const parts = traffic.flatMap((line) => {
    const ends = vpcsOf(profile, topology, line).flatMap((vpc) => endsIn(profile, topology, vpc, line) ?? [])
    if (ends.length === 0) throw new ScenarioError(`${name}: ${line.from} and ${line.to} are not in one VPC`)
    const denied = ends.find(({ from, to }) => !open.has(`${from} ${to}`))
    if (denied) throw new ScenarioError(`${name}: the policy of ${topology.name} denies ${denied.from} → ${denied.to}`)
    return ends.map((each) => trafficOf(line, each))
  })
  const names = parts.map((part) => part.name)
  const twice = names.find((each, i) => names.indexOf(each) !== i)
  if (twice) throw new ScenarioError(`${name}: ${twice} is in it twice; their results could not be told apart`)
  return parts
}

/**
 * All that a profile says, sent as one. Nodes, tenants and tiers that the topology has not, and pairs that
 * its policy denies, are refused in one line before anything is sent.
 */
export const profile = (data: Profile): Traffic => several(data.name, (topology) => partsIn(data, topology))
