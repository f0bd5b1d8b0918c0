// FRR's configuration, as text, from the topology. Each session is eBGP with BFD and has a filter
// in both directions: what is not named here is neither learned nor announced (RFC 8212).

import { internetOf } from '../topology/regions.ts'
import type { NatGateway, Timers, Topology, Vpc } from '../topology/types.ts'
import { publicAddressOf } from '../topology/vpcs.ts'
import { TO_INTERNET, TO_OVN } from './maps.ts'
import {
  anycastOf,
  keptDespiteBfd,
  learnedTable,
  type Peer,
  PREAMBLE,
  permitAnycast,
  permitTable,
  prepend,
  router,
  tellDecisions,
  UPDATE_DELAY,
} from './session.ts'

/** Table of the kernel into which ovn-controller writes a router's routes: its tunnel key, which we choose. */
export const routerTable = (topology: Topology, vpc: Vpc): number => 1001 + Object.values(topology.vpcs).indexOf(vpc)

/** Without BFD, its daemon runs and has nothing to do. */
export const bfdConfig = ({ bfd }: Timers, watchedBy?: string) =>
  bfd
    ? `debug bfd peer
bfd
 profile gameday
  detect-multiplier ${bfd.multiplier}
  transmit-interval ${bfd.intervalMs}
  receive-interval ${bfd.intervalMs}
${watchedBy ? ` peer ${watchedBy} interface eth0\n  profile gameday\n` : ''}`
    : ''

/**
 * bgpd of a NAT gateway: the default from the internet to OVN, its public address to the internet. Where these two
 * speak OSPF, ospfd learns the default and announces the address, and bgpd offers to OVN what ospfd has.
 */
export function gatewayBgp(topology: Topology, vpc: Vpc, gateway: NatGateway): string {
  const publicAddress = publicAddressOf(vpc, gateway)
  const internet = internetOf(topology, vpc)
  const upstream = { address: gateway.uplink.peer, as: internet.as, description: internet.name }
  const anycast = anycastOf(topology, vpc)
  const peers: Peer[] = [
    ...(topology.timers.ospf ? [] : [{ ...upstream, in: 'INTERNET-IN', out: TO_INTERNET }]),
    ...vpc.nat.speakers.map(({ name, address }) => ({
      address,
      as: vpc.as,
      description: name,
      in: 'OVN-IN',
      out: TO_OVN,
    })),
  ]
  const inside = vpc.subnets.filter(({ name }) => name !== vpc.nat.subnet).map(({ cidr }) => cidr)
  const table = learnedTable(topology, vpc)
  const own = topology.timers.ospf ? 'redistribute ospf route-map INTERNET-IN' : `network ${publicAddress}/32`
  const shared = anycast ? [`network ${anycast}/32`] : []
  return `${PREAMBLE}${tellDecisions(['0.0.0.0/0', `${publicAddress}/32`, ...inside], table !== undefined)}${table ? permitTable(table, 'INTERNET-IN') : ''}ip prefix-list PUBLIC seq 5 permit ${publicAddress}/32
ip prefix-list VPC seq 5 permit ${vpc.cidr} le 28
route-map INTERNET-IN permit 10
 match ip address prefix-list DEFAULT
route-map ${TO_INTERNET} permit 10
 match ip address prefix-list PUBLIC
${prepend(gateway)}${anycast ? permitAnycast(anycast, TO_INTERNET) + prepend(gateway) : ''}route-map OVN-IN permit 10
 match ip address prefix-list VPC
${vpc.nat.egress ? `route-map ${TO_OVN} deny 10\n` : `route-map ${TO_OVN} permit 10\n match ip address prefix-list DEFAULT\n${prepend(gateway)}`}${router(gateway.as, gateway.uplink.address, peers, topology.timers, [own, ...shared], [UPDATE_DELAY])}`
}

/**
 * bgpd of a VPC's speaker: OVN's routes from the kernel's table to the gateways, with the router's
 * own address as next hop; the default that it learns back into that table. What it redistributes
 * must exclude the default, or the default feeds on itself.
 */
export function speakerBgp(topology: Topology, vpc: Vpc, address: string): string {
  const table = routerTable(topology, vpc)
  const subnet = vpc.subnets.find(({ name }) => name === vpc.nat.subnet)
  const peers: Peer[] = vpc.nat.gateways.map((gateway) => ({
    address: gateway.address,
    as: gateway.as,
    description: gateway.name,
    in: 'NAT-IN',
    out: 'VPC-OUT',
    sharesFate: keptDespiteBfd(topology.timers),
  }))
  return `${PREAMBLE}${tellDecisions(['0.0.0.0/0'])}ip prefix-list VPC seq 5 permit ${vpc.cidr} le 28
ip prefix-list NAT-SUBNET seq 5 permit ${subnet?.cidr}
route-map FROM-OVN deny 5
 match ip address prefix-list NAT-SUBNET
route-map FROM-OVN permit 10
 match ip address prefix-list VPC
route-map NAT-IN permit 10
 match ip address prefix-list DEFAULT
 set table ${table}
route-map VPC-OUT permit 10
 match ip address prefix-list VPC
 set ip next-hop ${subnet?.gateway}
${router(vpc.as, address, peers, topology.timers, [`redistribute table-direct ${table} route-map FROM-OVN`], [UPDATE_DELAY])}`
}
