// FRR's configuration, as text, from the topology. Each session is eBGP with BFD and has a filter
// in both directions: what is not named here is neither learned nor announced (RFC 8212).

import type { NatGateway, Timers, Topology, Vpc } from '../topology/types.ts'

/** Table of the kernel into which ovn-controller writes a router's routes: its tunnel key, which we choose. */
export const routerTable = (topology: Topology, vpc: Vpc): number => 1001 + Object.values(topology.vpcs).indexOf(vpc)

type Peer = {
  readonly address: string
  readonly as: number
  readonly description: string
  readonly in: string
  readonly out: string
  readonly originateDefault?: boolean
}

const PREAMBLE = `frr defaults datacenter
ip prefix-list DEFAULT seq 5 permit 0.0.0.0/0
`

export const bfdConfig = ({ bfd }: Timers) => `bfd
 profile gameday
  detect-multiplier ${bfd.multiplier}
  transmit-interval ${bfd.intervalMs}
  receive-interval ${bfd.intervalMs}
`

/**
 * FRR holds a new session's first routes back for a second, to send more of them at once. A gateway
 * that comes back would draw packets from the internet for as long without a route to its VPC.
 */
const COALESCE = ' coalesce-time 10'

/**
 * A gateway that comes back says nothing before it has heard all its peers, or 10 s long: it would
 * draw packets from one side while it had no route, and no conntrack entry, to the other.
 */
const UPDATE_DELAY = 'update-delay 10'

function router(
  as: number,
  id: string,
  peers: readonly Peer[],
  timers: Timers,
  family: readonly string[] = [],
  global: readonly string[] = [],
): string {
  const { bgp } = timers
  const sessions = peers.flatMap(({ address, as: remote, description }) => [
    ` neighbor ${address} remote-as ${remote}`,
    ` neighbor ${address} description ${description}`,
    ` neighbor ${address} bfd profile gameday`,
    ` neighbor ${address} timers ${bgp.keepaliveS} ${bgp.holdS}`,
    ` neighbor ${address} timers connect ${bgp.connectRetryS}`,
    ` neighbor ${address} advertisement-interval ${bgp.advertisementS}`,
  ])
  const filters = peers.flatMap(({ address, in: inward, out, originateDefault }) => [
    `  neighbor ${address} activate`,
    `  neighbor ${address} route-map ${inward} in`,
    `  neighbor ${address} route-map ${out} out`,
    ...(originateDefault ? [`  neighbor ${address} default-originate`] : []),
  ])
  return [
    `router bgp ${as}`,
    ` bgp router-id ${id}`,
    ' bgp log-neighbor-changes',
    ' no bgp default ipv4-unicast',
    ' no bgp network import-check',
    ' bgp bestpath as-path multipath-relax',
    COALESCE,
    ...global.map((line) => ` ${line}`),
    ...sessions,
    ' address-family ipv4 unicast',
    ...filters,
    ...family.map((line) => `  ${line}`),
    '',
  ].join('\n')
}

const prepend = ({ as, prepend: times }: NatGateway) =>
  times > 0 ? ` set as-path prepend ${Array(times).fill(as).join(' ')}\n` : ''

/** bgpd of a NAT gateway: the default from the internet to OVN, its public address to the internet. */
export function gatewayBgp(topology: Topology, vpc: Vpc, gateway: NatGateway): string {
  const upstream = { address: gateway.uplink.peer, as: topology.internet.as, description: topology.internet.name }
  const peers: Peer[] = [
    { ...upstream, in: 'INTERNET-IN', out: 'INTERNET-OUT' },
    ...vpc.nat.speakers.map(({ name, address }) => ({
      address,
      as: vpc.as,
      description: name,
      in: 'OVN-IN',
      out: 'OVN-OUT',
    })),
  ]
  return `${PREAMBLE}ip prefix-list PUBLIC seq 5 permit ${vpc.publicAddress}/32
ip prefix-list VPC seq 5 permit ${vpc.cidr} le 28
route-map INTERNET-IN permit 10
 match ip address prefix-list DEFAULT
route-map INTERNET-OUT permit 10
 match ip address prefix-list PUBLIC
${prepend(gateway)}route-map OVN-IN permit 10
 match ip address prefix-list VPC
route-map OVN-OUT permit 10
 match ip address prefix-list DEFAULT
${prepend(gateway)}${router(gateway.as, gateway.uplink.address, peers, topology.timers, [`network ${vpc.publicAddress}/32`], [UPDATE_DELAY])}`
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
  }))
  return `${PREAMBLE}ip prefix-list VPC seq 5 permit ${vpc.cidr} le 28
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
${router(vpc.as, address, peers, topology.timers, [`redistribute table-direct ${table} route-map FROM-OVN`])}`
}

/** bgpd of the internet: a default for everybody, public addresses and nothing else from each. */
export function internetBgp(topology: Topology): string {
  const { internet, vpcs, timers } = topology
  const peers = Object.values(vpcs).flatMap((vpc) =>
    vpc.nat.gateways.map(
      ({ name, as, uplink }): Peer => ({
        address: uplink.address,
        as,
        description: name,
        in: 'PUBLIC-IN',
        out: 'DEFAULT-OUT',
        originateDefault: true,
      }),
    ),
  )
  const ranges = Object.values(vpcs).map(
    ({ publicRange }, i) => `ip prefix-list PUBLIC seq ${5 * (i + 1)} permit ${publicRange} ge 32\n`,
  )
  return `${PREAMBLE}${ranges.join('')}route-map PUBLIC-IN permit 10
 match ip address prefix-list PUBLIC
route-map DEFAULT-OUT permit 10
 match ip address prefix-list DEFAULT
${router(internet.as, internet.address, peers, timers)}`
}
