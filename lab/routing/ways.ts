// The way of a workload to the internet and back, from forwarding tables alone: what of it is not whole.

import { internetOf } from '../topology/regions.ts'
import type { Topology, Vpc, Workload } from '../topology/types.ts'
import { publicAddressAt } from '../topology/vpcs.ts'
import { type Router, type Walk, walks } from './walk.ts'

const drawn = ({ hops }: Walk) => hops.join(' → ')

/** What comes back to the public address of a gateway must come to that gateway: nobody else has the flow's NAT entry. */
function back(routers: readonly Router[], internet: string, vpc: Vpc, gateway: string, to: Workload): string[] {
  const held = publicAddressAt(vpc, gateway)
  return walks(routers, internet, held).flatMap((walk): string[] => {
    const last = walk.hops.at(-1) ?? internet
    if (walk.ends !== 'blackhole') return [`${held}: ${walk.ends} at ${last}`]
    if (last !== gateway) return [`${to.name} leaves by ${gateway} and is answered by ${last}`]
    return walks(routers, last, to.address).flatMap((rest) =>
      rest.ends === 'delivered' ? [] : [`${last} → ${to.name}: ${rest.ends} after ${drawn(rest)}`],
    )
  })
}

/** Every fault in the way of one workload to the internet and back, over each path of equal cost, in words; none: it is whole. */
export function flawsOf(topology: Topology, routers: readonly Router[], vpc: Vpc, from: Workload): readonly string[] {
  const { name: internet, address } = internetOf(topology, vpc)
  const gateways = new Set(vpc.nat.gateways.map(({ name }) => name))
  return walks(routers, from.name, address).flatMap((walk): string[] => {
    if (walk.ends !== 'delivered') return [`${from.name} → ${internet}: ${walk.ends} after ${drawn(walk)}`]
    const gateway = walk.hops.find((hop) => gateways.has(hop))
    return gateway
      ? back(routers, internet, vpc, gateway, from)
      : [`${from.name} → ${internet} passes no NAT gateway of ${vpc.name}: ${drawn(walk)}`]
  })
}
