// The forwarding tables of a lab as they are now: kernels of gateways and of the internet, and logical routers as OVN
// has them.

import { nextHopsOf } from '../ovn/next-hops.ts'
import { presentSubnets } from '../topology/later.ts'
import { nodeNamed } from '../topology/nodes.ts'
import { internets } from '../topology/regions.ts'
import type { Topology, Vpc } from '../topology/types.ts'
import { publicAddressOf } from '../topology/vpcs.ts'
import type { Lab } from '../types.ts'
import { type FibRoute, fibOf } from './fib.ts'
import type { Router } from './walk.ts'

/** What `ovn-nbctl lr-route-list` prints of a static route: prefix, next hop, and words on it. */
const STATIC = /^\s+([\d.]+\/\d+)\s+([\d.]+)\s+dst-ip\b/

const staticRoutes = (listing: string): FibRoute[] =>
  listing.split('\n').flatMap((line): FibRoute[] => {
    const [, prefix, address] = STATIC.exec(line) ?? []
    return prefix && address ? [{ prefix, via: [address], metric: 0, proto: 'static' }] : []
  })

/** Everything that stands on a subnet answers there: a packet that came so far has arrived. */
const hosts = (vpc: Vpc): Router[] =>
  vpc.workloads.map(({ name, address, subnet }) => {
    const gateway = vpc.subnets.find((each) => each.name === subnet)?.gateway
    return { name, addresses: [address], routes: [{ prefix: '0.0.0.0/0', via: gateway ? [gateway] : [], metric: 0 }] }
  })

/** Gateways whose BFD with OVN is not up: northd leaves their static routes out. */
function goneGateways(lab: Pick<Lab, 'southbound'>, { nat }: Vpc): ReadonlySet<string> {
  if (!nat.egress) return new Set()
  const sessions = lab.southbound.rows('BFD')
  const up = sessions.filter(({ status }) => status === 'up').map(({ dst_ip }) => dst_ip)
  return new Set(nat.gateways.map(({ address }) => address).filter((address) => !up.includes(address)))
}

/** The router of a VPC: its own subnets, what it learned, and what the NB says. */
function logical(lab: Lab, vpc: Vpc, listing: string): Router {
  const { transit } = lab.topology
  const subnets = presentSubnets(vpc)
  const connected = [...subnets.map(({ cidr }) => cidr), ...(vpc.transit && transit ? [transit.cidr] : [])]
  const learned = vpc.nat.egress ? [] : nextHopsOf(lab, vpc.router, '0.0.0.0/0')
  const gone = goneGateways(lab, vpc)
  return {
    name: vpc.router,
    addresses: [...subnets.map(({ gateway }) => gateway), ...(vpc.transit ? [vpc.transit.address] : [])],
    routes: [
      ...connected.map((prefix) => ({ prefix, via: [], metric: 0, proto: 'connected' })),
      ...staticRoutes(listing).filter(({ via }) => !via.some((address) => gone.has(address))),
      ...(learned.length > 0 ? [{ prefix: '0.0.0.0/0', via: learned, metric: 0, proto: 'learned' }] : []),
    ],
  }
}

/** `held`: an address that it translates to, which is where a way to it ends, whether a route of its kernel says so or not. */
async function kernel(lab: Lab, name: string, addresses: readonly string[], held?: string): Promise<Router> {
  const { out } = await lab.try(name, 'ip -4 -o route show')
  const hold: FibRoute[] = held === undefined ? [] : [{ prefix: `${held}/32`, via: [], blackhole: true, metric: 0 }]
  return { name, addresses, routes: [...hold, ...fibOf(out)] }
}

/** Whom a way leads through, and what each would do with a packet. A node that does not run has no routes. */
export async function routersOf(lab: Lab): Promise<readonly Router[]> {
  const { central }: Topology = lab.topology
  const vpcs = Object.values(lab.topology.vpcs)
  const listings = vpcs.map(({ router }) => `echo "== ${router}"; ovn-nbctl -t 5 lr-route-list ${router}`)
  const { out } = await lab.try(central.name, listings.join('; '))
  const listed = new Map(out.split('== ').map((text) => [text.split('\n')[0] ?? '', text] as const))
  return [
    ...vpcs.flatMap(hosts),
    ...vpcs.map((vpc) => logical(lab, vpc, listed.get(vpc.router) ?? '')),
    ...(await Promise.all([
      ...vpcs.flatMap((vpc) =>
        vpc.nat.gateways.map((gateway) =>
          kernel(lab, gateway.name, [gateway.address, gateway.uplink.address], publicAddressOf(vpc, gateway)),
        ),
      ),
      ...internets(lab.topology).map(({ name }) => kernel(lab, name, nodeNamed(lab.topology, name).addresses)),
    ])),
  ]
}
