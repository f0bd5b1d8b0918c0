import { gatewayBgp } from '../frr/config.ts'
import { gatewayOspf } from '../frr/ospf.ts'
import { followFrr, frrDaemons, startFrr, writeFile } from '../frr/start.ts'
import type { NatGateway, Topology, Vpc } from '../topology/types.ts'
import { publicAddressOf } from '../topology/vpcs.ts'
import { kernelWatch } from '../watch/table.ts'
import { FORWARDING, type NodePlan, OVERLAY_MTU, ROUTING, TIMEKEEPER_SHARES, UNDERLAY_MTU } from './plan.ts'

const opened = ({ loadBalancers = [] }: Vpc) => loadBalancers.filter((each) => each.public)

/** DNAT of what comes for an anycast service, to the copies of it that this VPC has: each gets as many clients. */
function copies({ anycast }: Topology, { workloads }: Vpc): string[] {
  const here = workloads.filter(({ name }) => anycast?.copies.includes(name))
  if (!anycast || here.length === 0) return []
  const chosen = here.map(({ address }, i) => `${i} : ${address}`).join(', ')
  return [
    `    iifname "eth1" ip daddr ${anycast.address} tcp dport ${anycast.port} counter dnat to numgen inc mod ${here.length} map { ${chosen} }`,
  ]
}

/** DNAT of what the internet sends to the public address, for load balancers that it may reach. */
const entries = (vpc: Vpc, publicAddress: string, anycast: readonly string[]): string =>
  opened(vpc).length + anycast.length === 0
    ? ''
    : `
  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;
${opened(vpc)
  .map(
    ({ address, port }) => `    iifname "eth1" ip daddr ${publicAddress} tcp dport ${port} counter dnat to ${address}`,
  )
  .concat(anycast)
  .join('\n')}
  }`

/**
 * SNAT of the VPC's packets that leave by the uplink. The gateway's own BGP and BFD stay as they are. Where the
 * address is `held` by the gateway itself, it answers nothing there that is none of its sessions'.
 */
export const natRules = (
  vpc: Vpc,
  publicAddress: string,
  held = false,
  anycast: readonly string[] = [],
) => `table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "eth1" ip saddr ${vpc.cidr} counter snat to ${publicAddress}
  }${entries(vpc, publicAddress, anycast)}${
    held
      ? `
  chain input {
    type filter hook input priority filter; policy accept;
    ip daddr ${publicAddress} drop
  }`
      : ''
  }
}`

/** FRR towards OVN and towards the internet, and nftables in between. */
export function gateway(topology: Topology, vpc: Vpc, node: NatGateway): NodePlan {
  const inside = vpc.subnets.find(({ name }) => name === vpc.nat.subnet)
  const prefix = inside?.cidr.split('/')[1]
  const { uplink } = node
  const publicAddress = publicAddressOf(vpc, node)
  const bgpds = [{ instance: '', config: gatewayBgp(topology, vpc, node) }]
  const ospf = gatewayOspf(topology, vpc, node)
  const shared = copies(topology, vpc)
  const beside = {
    ...(ospf !== undefined && { ospf }),
    ...(vpc.nat.egress && inside && { watchedBy: inside.gateway }),
  }
  return {
    capabilities: ROUTING,
    cpuShares: TIMEKEEPER_SHARES,
    sysctls: FORWARDING,
    interfaces: [
      // OSPF announces networks of interfaces.
      ...(ospf === undefined ? [] : [{ device: 'lo', address: `${publicAddress}/32`, mtu: 65536 }]),
      { device: 'eth0', mac: node.mac, address: `${node.address}/${prefix}`, mtu: OVERLAY_MTU },
      { device: 'eth1', address: `${uplink.address}/${uplink.prefix}`, mtu: UNDERLAY_MTU },
    ],
    // The shared public address is a blackhole, not an address of this node: a stray segment of a
    // session that the other gateway holds must not be answered with a reset.
    routes: [
      ...(ospf === undefined ? [`blackhole ${publicAddress}/32`] : []),
      ...(shared.length > 0 && topology.anycast ? [`blackhole ${topology.anycast.address}/32`] : []),
      ...opened(vpc).map((each) => `${each.address}/32 via ${inside?.gateway}`), // in no subnet, and so in no route of BGP's
    ],
    start: `${writeFile('/etc/nftables.conf', natRules(vpc, publicAddress, ospf !== undefined, shared))}
nft -f /etc/nftables.conf || exit_code=1
${startFrr(topology.timers, bgpds, beside)}`,
    daemons: frrDaemons(bgpds, beside),
    watch: {
      kernel: kernelWatch(vpc.nat.learnsTable ? topology.internet.table : undefined),
      frr: followFrr(bgpds, beside),
    },
  }
}
