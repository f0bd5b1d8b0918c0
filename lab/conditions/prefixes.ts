// Conditions on which prefixes NAT gateways have learned: those of their own VPC and nobody else's.

import { ScenarioError } from '../errors.ts'
import { alternatives } from '../topology/alternatives.ts'
import { contains, isCidr, network } from '../topology/ipv4.ts'
import { nodeWithAddress } from '../topology/nodes.ts'
import type { Topology, Vpc } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

type Route = { readonly node: string; readonly prefix: string; readonly via: string }

/** What `ip -4 -o route show proto …` prints of each route. */
const ROUTE = /^(?:blackhole )?(default|[\d.]+(?:\/\d+)?)(?: .*?\bvia ([\d.]+))?/

export function routesIn(topology: Topology, node: string, listing: string): Route[] {
  return listing.split('\n').flatMap((line) => {
    const [, destination, via = ''] = ROUTE.exec(line.trim()) ?? []
    if (!destination) return []
    const prefix =
      destination === 'default' ? '0.0.0.0/0' : destination.includes('/') ? destination : `${destination}/32`
    return [{ node, prefix, via: nodeWithAddress(topology, via) ?? via }]
  })
}

const ROUTES = 'for by in bgp ospf; do ip -4 -o route show proto $by; done'

/** What routing protocols put into these nodes' FIBs. */
const fibs = async (lab: Lab, nodes: readonly string[]): Promise<Route[]> => {
  const tables = await Promise.all(
    nodes.map(async (node) => routesIn(lab.topology, node, (await lab.try(node, ROUTES)).out)),
  )
  return tables.flat()
}

/**
 * A prefix is in the FIB of exactly these nodes, of all NAT gateways and the internet. Throws ScenarioError for what is
 * no prefix, and for a node that is none of those.
 */
export const routesTo = (prefix: string, { are }: { are: readonly string[] }): Condition<Lab> => ({
  name: `${prefix} to be in the FIB of ${are.join(' and ') || 'nobody'}, and of no other gateway`,
  look: async (lab) => {
    if (!isCidr(prefix)) throw new ScenarioError(`no prefix: '${prefix}'; write it as in 10.0.1.0/24`)
    const { vpcs, internet } = lab.topology
    const all = [...Object.values(vpcs).flatMap(({ nat }) => nat.gateways.map(({ name }) => name)), internet.name]
    const stranger = are.find((node) => !all.includes(node))
    if (stranger) throw new ScenarioError(`${stranger} is no NAT gateway; there is ${alternatives(stranger, all)}`)
    const saw = (await fibs(lab, all)).filter((route) => route.prefix === prefix).map(({ node }) => node)
    return { holds: saw.toSorted().join() === are.toSorted().join(), saw: saw.join(' and ') || 'nobody has it' }
  },
})

/** A default, a subnet of this VPC, or an uplink of one of its gateways: these share an area of OSPF. */
const own = ({ cidr, nat }: Vpc, prefix: string): boolean =>
  prefix === '0.0.0.0/0' ||
  contains(network(cidr), network(prefix)) ||
  nat.gateways.some(({ uplink }) => network(`${uplink.address}/${uplink.prefix}`).cidr === prefix)

/** No NAT gateway's kernel has a route to a prefix of another VPC, or to anything else that is none of its VPC's. */
export const ownRoutesOnly: Condition<Lab> = {
  name: 'every NAT gateway to have routes of its own VPC and no others',
  look: async (lab) => {
    const gateways = Object.values(lab.topology.vpcs).flatMap((vpc) =>
      vpc.nat.gateways.map(({ name }) => ({ vpc, name })),
    )
    const routes = await fibs(
      lab,
      gateways.map(({ name }) => name),
    )
    const leaked = routes.filter(({ node, prefix }) =>
      gateways.some((each) => each.name === node && !own(each.vpc, prefix)),
    )
    const said = leaked.map(({ node, prefix, via }) => `${node} has ${prefix} from ${via}`)
    return {
      holds: routes.length > 0 && leaked.length === 0,
      saw: said.length > 0 ? said.join(', ') : `${routes.length} routes, all their own`,
    }
  },
}
