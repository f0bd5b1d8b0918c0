// ospfd's configuration, as text, from the topology. A VPC's gateways and the internet share a stub area into which no
// summaries go: the internet's default is all that a gateway learns, and what a gateway announces floods no further
// than its own VPC's area. OSPF has no filter per neighbour; what the internet takes into its table from an area is
// filtered by zebra, by prefix and by the uplink that it came over. So nobody gets packets that are for another VPC. But
// ospfd knows nothing of that filter: where a gateway announces another's address at a lower cost, ospfd offers zebra
// that way and no other, zebra refuses it, and the owner is cut off (seen). OSPF trusts its neighbours; BGP's filters
// come before the choice of a path.
//
// The public address is a stub network of its gateways' loopbacks, within the area. Redistributed it would be an
// external route, and these ospfd calculates a whole second after the shortest paths (ospf_ase.h,
// OSPF_ASE_CALC_INTERVAL): so long the internet would have none.

import { areaOf } from '../topology/adjacencies.ts'
import { links } from '../topology/links.ts'
import type { NatGateway, Ospf, Timers, Topology, Vpc } from '../topology/types.ts'

const interfaceOf = (device: string, area: string, { ospf, bfd }: Timers) => `interface ${device}
 ip ospf area ${area}
 ip ospf network point-to-point
 ip ospf hello-interval ${ospf?.helloS}
 ip ospf dead-interval ${ospf?.deadS}
 ip ospf retransmit-interval ${ospf?.retransmitS}
${bfd ? ' ip ospf bfd\n ip ospf bfd profile gameday\n' : ''}!
`

/** Has ospfd tell when it has calculated. Neighbours that come and go it tells by itself. */
const TELL = 'debug ospf event\n'

const router = (id: string, { spf, lsa }: Ospf, areas: readonly string[]) =>
  [
    'router ospf',
    ` ospf router-id ${id}`,
    ' log-adjacency-changes',
    ` timers throttle spf ${spf.delayMs} ${spf.holdMs} ${spf.maxHoldMs}`,
    ` timers throttle lsa all ${lsa.intervalMs}`,
    ` timers lsa min-arrival ${lsa.arrivalMs}`,
    ...areas.map((area) => ` ${area}`),
    '',
  ].join('\n')

/** What the active gateway adds to the way to its public address; each time that a standby would prepend its AS adds as much. */
const COST = 10

/** ospfd of a NAT gateway: its public address to the internet, a default from there. None where they speak BGP. */
export function gatewayOspf(topology: Topology, vpc: Vpc, gateway: NatGateway): string | undefined {
  const { timers } = topology
  if (!timers.ospf) return undefined
  const area = areaOf(topology, vpc)
  return `${TELL}interface lo
 ip ospf area ${area}
 ip ospf cost ${COST * (1 + gateway.prepend)}
!
${interfaceOf('eth1', area, timers)}${router(gateway.uplink.address, timers.ospf, [`area ${area} stub`])}`
}

/** ospfd of the internet: between all areas, each of which gets a default and nothing more. None where it speaks BGP. */
export function internetOspf(topology: Topology): string | undefined {
  const { internet, vpcs, timers } = topology
  if (!timers.ospf) return undefined
  const uplinks = links(topology).flatMap(({ ends: [near, far] }) => {
    const vpc = Object.values(vpcs).find(({ nat }) => nat.gateways.some(({ name }) => name === near.node))
    return vpc && far?.node === internet.name ? [interfaceOf(far.device, areaOf(topology, vpc), timers)] : []
  })
  const areas = Object.values(vpcs).map((vpc) => `area ${areaOf(topology, vpc)} stub no-summary`)
  return `${TELL}interface lo
 ip ospf area 0
!
${uplinks.join('')}${router(internet.address, timers.ospf, areas)}`
}

/** What zebra of the internet lets ospfd install: of each VPC addresses of its public range, over its own uplinks. */
export function internetFilter({ vpcs, timers }: Topology): string {
  if (!timers.ospf) return ''
  const lists = Object.values(vpcs).map(
    (vpc, i) => `ip prefix-list PUBLIC-${vpc.name} seq 5 permit ${vpc.publicRange} ge 32
${vpc.nat.gateways.map(({ uplink }, k) => `ip prefix-list UPLINKS-${vpc.name} seq ${5 * (k + 1)} permit ${uplink.address}/32\n`).join('')}route-map FROM-GATEWAYS permit ${10 * (i + 1)}
 match ip address prefix-list PUBLIC-${vpc.name}
 match ip next-hop prefix-list UPLINKS-${vpc.name}
!
`,
  )
  return `${lists.join('')}ip protocol ospf route-map FROM-GATEWAYS\n`
}
