// Between whom real traffic goes: what the topology says of both ends, and what may not be an end.

import { ScenarioError } from '../lab/errors.ts'
import { loadBalancers } from '../lab/topology/load-balancers.ts'
import { type Node, nodeNamed } from '../lab/topology/nodes.ts'
import type { Topology, Workload } from '../lab/topology/types.ts'
import type { Labels } from '../lab/traffic/events.ts'

export const workloadOf = ({ vpc, name }: Node): Workload | undefined =>
  vpc?.workloads.find((workload) => workload.name === name)

/** Throws ScenarioError for a name that the topology has not, and for a node that is no end of traffic. */
export function checkEnds(topology: Topology, what: string, ends: readonly string[]): void {
  for (const end of ends) {
    const { role } = nodeNamed(topology, end)
    if (role !== 'workload' && role !== 'internet')
      throw new ScenarioError(`${end} is a ${role}; ${what} goes between workloads, or to the internet`)
  }
  const twice = ends.find((end, i) => ends.indexOf(end) !== i)
  if (twice) throw new ScenarioError(`${what} goes from ${twice} to itself; wanted two nodes`)
}

/** Tenant, VPC and tiers, by who asks; of what comes from the internet, by who answers. */
export function labelsOf(topology: Topology, from: string, to: string): Labels {
  const [near, far] = [nodeNamed(topology, from), nodeNamed(topology, serversOf(topology, to)[0] ?? to)]
  const vpc = near.vpc ?? far.vpc
  const tier = workloadOf(near)?.tier
  const toTier: Labels['toTier'] = far.role === 'internet' ? 'internet' : workloadOf(far)?.tier
  return {
    ...(vpc && { tenant: vpc.tenant, vpc: vpc.name }),
    ...(tier && { tier }),
    ...(toTier && { toTier }),
  }
}

export const addressOf = (topology: Topology, node: string): string => nodeNamed(topology, node).addresses[0] ?? ''

const balanced = (topology: Topology, name: string) => loadBalancers(topology).find((each) => each.name === name)

const anycastNamed = ({ anycast }: Topology, name: string) => (anycast?.name === name ? anycast : undefined)

/** Who may answer for a name: itself, those behind a load balancer, or the copies of an anycast service. */
export const serversOf = (topology: Topology, name: string): readonly string[] =>
  balanced(topology, name)?.backends ?? anycastNamed(topology, name)?.copies ?? [name]

/** Where HTTP is asked for, and who may answer it. */
export type Front = { readonly address: string; readonly port: number; readonly servers: readonly string[] }

/**
 * A node's own server, or a load balancer's, which the internet asks at its VPC's public address. Throws
 * ScenarioError for a node that serves none, and for a load balancer that the internet does not reach.
 */
export function frontOf(topology: Topology, from: string, name: string): Front {
  const shared = balanced(topology, name)
  const outside = nodeNamed(topology, from).role === 'internet'
  if (shared && outside && !shared.public)
    throw new ScenarioError(`${name} is not reached from ${from}; its topology says so with public: true`)
  if (shared) {
    const { address, port, backends: servers } = shared
    return { address: outside ? shared.vpc.publicAddress : address, port, servers }
  }
  const anycast = anycastNamed(topology, name)
  if (anycast) return { address: anycast.address, port: anycast.port, servers: anycast.copies }
  const node = nodeNamed(topology, name)
  const port = node.role === 'internet' ? 80 : workloadOf(node)?.serves
  if (port !== undefined) return { address: addressOf(topology, name), port, servers: [name] }
  throw new ScenarioError(`${name} serves no HTTP; a workload does where the topology gives it a port in 'serves'`)
}
