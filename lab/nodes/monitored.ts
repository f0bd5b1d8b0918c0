// What a node has more of where somebody watches it: a device on the management network, exporters, and a wall
// between that network and all others.

import { frrExporter, nodeExporter, ovnExporter } from '../monitor/exporters.ts'
import { frrExporters, ovnRole } from '../monitor/targets.ts'
import { MANAGEMENT_DEVICE, management } from '../topology/management.ts'
import type { Topology } from '../topology/types.ts'
import { startAll } from './daemon.ts'
import { fabricMac, type NodePlan, UNDERLAY_MTU } from './plan.ts'

/**
 * A node that forwards would also forward a tenant's packets to the monitor, and answer them at its own address
 * there. Bash text for a node that may set up nftables.
 */
const wall = (network: string) => `nft -f - <<'X' || exit_code=1
table ip management {
  chain wall {
    type filter hook prerouting priority raw; policy accept;
    iifname != { "lo", "${MANAGEMENT_DEVICE}" } ip daddr ${network} drop
  }
}
X`

/** The plan of a node, and of the same node on the management network where it stands on it. */
export function monitored(topology: Topology, node: string, plan: NodePlan): NodePlan {
  const managed = management(topology).find((each) => each.node === node)
  if (!managed || !topology.monitor) return plan
  const { address, prefix } = managed
  const device = {
    device: MANAGEMENT_DEVICE,
    mac: fabricMac(address),
    address: `${address}/${prefix}`,
    mtu: UNDERLAY_MTU,
  }
  const interfaces = [...plan.interfaces, device]
  if (node === topology.monitor.name) return { ...plan, interfaces }
  const role = ovnRole(topology, node)
  const exporters = [
    nodeExporter(address),
    ...(role ? [ovnExporter(role, address)] : []),
    ...frrExporters(topology, node).map(({ role, port, vpc, collectors }) =>
      frrExporter({ role, collectors, listen: `${address}:${port}`, sockets: vpc ? `/run/frr/${vpc}` : '/run/frr' }),
    ),
  ]
  const forwards = plan.capabilities.includes('NET_ADMIN')
  return {
    ...plan,
    interfaces,
    daemons: [...plan.daemons, ...exporters],
    start: `${forwards ? wall(topology.monitor.network) : ''}
{ ${plan.start}
} && { ${startAll(exporters)}
[ -z "$exit_code" ]; }`,
  }
}
