// The management network: how the monitor reaches exporters. It is out of band: no tenant's packet, no tunnel and
// no routing session passes there, and no fault on a link touches it.

import { host, network } from './ipv4.ts'
import { nodes } from './nodes.ts'
import type { Topology } from './types.ts'

/** Of every node on it; its name is none that a link's device can have. */
export const MANAGEMENT_DEVICE = 'mgmt0'

export type Managed = {
  /** 'nat-gw-a-1' */
  readonly node: string
  /** '192.0.2.7' */
  readonly address: string
  /** 24 */
  readonly prefix: number
}

/** Every node with exporters, and first the monitor itself: infrastructure, none of the tenants' workloads. */
export function management(topology: Topology): readonly Managed[] {
  const { monitor } = topology
  if (!monitor) return []
  const range = network(monitor.network)
  const others = nodes(topology).filter(({ role }) => role !== 'monitor' && role !== 'workload')
  return [monitor.name, ...others.map(({ name }) => name)].map((node, index) => ({
    node,
    address: host(range, index + 1),
    prefix: range.prefix,
  }))
}
