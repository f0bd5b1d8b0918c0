import { gatewayBgp } from '../frr/config.ts'
import { followFrr, startFrr, writeFile } from '../frr/start.ts'
import type { NatGateway, Topology, Vpc } from '../topology/types.ts'
import {
  FORWARDING,
  KERNEL_WATCH,
  type NodePlan,
  OVERLAY_MTU,
  ROUTING,
  TIMEKEEPER_SHARES,
  UNDERLAY_MTU,
} from './plan.ts'

/** SNAT of the VPC's packets that leave by the uplink. The gateway's own BGP and BFD stay as they are. */
export const natRules = (vpc: Vpc) => `table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "eth1" ip saddr ${vpc.cidr} counter snat to ${vpc.publicAddress}
  }
}`

/** FRR towards OVN and towards the internet, and nftables in between. */
export function gateway(topology: Topology, vpc: Vpc, node: NatGateway): NodePlan {
  const prefix = vpc.subnets.find(({ name }) => name === vpc.nat.subnet)?.cidr.split('/')[1]
  const { uplink } = node
  return {
    capabilities: ROUTING,
    cpuShares: TIMEKEEPER_SHARES,
    sysctls: FORWARDING,
    interfaces: [
      { device: 'eth0', mac: node.mac, address: `${node.address}/${prefix}`, mtu: OVERLAY_MTU },
      { device: 'eth1', address: `${uplink.address}/${uplink.prefix}`, mtu: UNDERLAY_MTU },
    ],
    // The shared public address is a blackhole, not an address of this node: a stray segment of a
    // session that the other gateway holds must not be answered with a reset.
    routes: [`blackhole ${vpc.publicAddress}/32`],
    start: `${writeFile('/etc/nftables.conf', natRules(vpc))}
nft -f /etc/nftables.conf || exit_code=1
${startFrr(topology.timers, [{ instance: '', config: gatewayBgp(topology, vpc, node) }])}`,
    watch: { kernel: KERNEL_WATCH, frr: followFrr([{ instance: '' }]) },
  }
}
