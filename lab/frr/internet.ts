// bgpd of an internet: what it offers to its customers and to other regions, and what it believes of each.

import { announcedBy, customersOf, internets, jointsOf } from '../topology/regions.ts'
import type { Internet, Topology } from '../topology/types.ts'
import { publicAddresses } from '../topology/vpcs.ts'
import { fromGateway, fromRegion, listOf, toGateway, toRegion } from './maps.ts'
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
} from './session.ts'

/** Of what two regions' internets tell each other: themselves, their customers' addresses, and anycast. */
function regionFilters(topology: Topology, internet: Internet): { readonly peers: Peer[]; readonly text: string } {
  const { anycast } = topology
  const lists = internets(topology).map(
    (each) =>
      announcedBy(topology, each)
        .map(
          (prefix, i) =>
            `ip prefix-list ${listOf(each.name)} seq ${5 * (i + 1)} permit ${prefix}${prefix.endsWith('/32') ? '' : ' le 32'}\n`,
        )
        .join('') + (anycast ? `ip prefix-list ${listOf(each.name)} seq 500 permit ${anycast.address}/32\n` : ''),
  )
  const own = jointsOf(topology, internet.name).map(({ ends: [near, far], prepend: times }) => {
    const [into, out] = [fromRegion(near.device), toRegion(near.device)]
    return {
      peer: { address: far.address, as: far.as, description: near.device, in: into, out },
      text: `route-map ${into} permit 10
 match ip address prefix-list ${listOf(far.node)}
route-map ${out} permit 10
 match ip address prefix-list ${listOf(internet.name)}
${prepend({ as: internet.as, prepend: times })}`,
    }
  })
  return {
    peers: own.map(({ peer }) => peer),
    text: own.length > 0 ? [...lists, ...own.map(({ text }) => text)].join('') : '',
  }
}

/**
 * bgpd of the internet: a default for everybody; from each gateway addresses of its own VPC's public range and nothing
 * else. What one tenant announces of another's is refused (RFC 7454 §6).
 */
export function internetBgp(topology: Topology, internet: Internet = topology.internet): string {
  const { timers } = topology
  const vpcs = customersOf(topology, internet.name)
  const regions = regionFilters(topology, internet)
  const peers = vpcs.flatMap((vpc) =>
    vpc.nat.gateways.map(
      ({ name, as, uplink }): Peer => ({
        address: uplink.address,
        as,
        description: name,
        in: fromGateway(name),
        out: toGateway(name),
        sharesFate: keptDespiteBfd(timers),
      }),
    ),
  )
  const filters = vpcs.flatMap((vpc) => {
    const [anycast, learned] = [anycastOf(topology, vpc), learnedTable(topology, vpc)]
    return [
      `ip prefix-list PUBLIC-${vpc.name} seq 5 permit ${vpc.publicRange} ge 32\n`,
      ...vpc.nat.gateways.map(
        ({ name }) => `route-map ${fromGateway(name)} permit 10
 match ip address prefix-list PUBLIC-${vpc.name}
${anycast ? permitAnycast(anycast, fromGateway(name)) : ''}route-map ${toGateway(name)} permit 10
 match ip address prefix-list DEFAULT
${learned ? permitTable(learned, toGateway(name)) : ''}`,
      ),
    ]
  })
  // What stands in its kernel within the table it announces: thousands of routes are put there in one step.
  const table = internet.table ? ['redistribute kernel route-map TABLE'] : []
  const own = internet.table ? permitTable(internet.table, 'TABLE') : ''
  const watched = [
    ...Object.values(topology.vpcs).flatMap(publicAddresses),
    ...(topology.anycast ? [topology.anycast.address] : []),
  ]
  const others = internets(topology).filter(({ name }) => name !== internet.name)
  const itself = others.length > 0 ? [`network ${internet.address}/32`] : []
  return `${PREAMBLE}${tellDecisions(
    [...watched, ...others.map(({ address }) => address)].map((address) => `${address}/32`),
    internet.table !== undefined,
  )}${own}${filters.join('')}${regions.text}${router(internet.as, internet.address, [...peers, ...regions.peers], timers, ['network 0.0.0.0/0', ...itself, ...table])}`
}

/**
 * What zebra of an internet adds where there are others: packets of its own leave with its own address, by whichever link,
 * for only that is known in every region.
 */
export const ownSource = (topology: Topology, { address }: Internet): string =>
  internets(topology).length > 1
    ? `route-map OWN-SOURCE permit 10\n set src ${address}\n!\nip protocol bgp route-map OWN-SOURCE\n`
    : ''
