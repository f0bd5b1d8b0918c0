// Rows of the NB whose loss or change means something: an ACL, a route, a port's address, a backend, and
// where a gateway port is to be.

import { gatewayPort } from '../../lab/conditions/binding.ts'
import { ScenarioError } from '../../lab/errors.ts'
import { portGroup, routerPort } from '../../lab/ovn/nb.ts'
import type { Row } from '../../lab/ovn/southbound.ts'
import { alternatives } from '../../lab/topology/alternatives.ts'
import { isAddress } from '../../lab/topology/ipv4.ts'
import { loadBalancerNamed } from '../../lab/topology/load-balancers.ts'
import { nodeNamed } from '../../lab/topology/nodes.ts'
import type { Tier, Topology, Workload } from '../../lab/topology/types.ts'
import { vpcNamed } from '../../lab/topology/vpcs.ts'
import type { Fault } from '../fault.ts'
import { nbRow } from './nb-row.ts'

/** Throws ScenarioError for a name that is none of these. */
function oneOfThese(what: string, name: string, names: readonly string[]): void {
  if (!names.includes(name)) throw new ScenarioError(`no ${what} '${name}'; there are ${alternatives(name, names)}`)
}

export type LostAcl = {
  readonly vpc: string
  /** The tier that it guards. */
  readonly tier: Tier
  /** What admits some to the tier, or what refuses everybody else. */
  readonly rule: 'allow' | 'deny'
}

/**
 * Loss of a tier's ACLs of one kind. Without its allow nobody comes in, connections that were there among them;
 * without its deny everybody does, for OVN lets pass what no ACL speaks of.
 */
export const aclLost = ({ vpc, tier, rule }: LostAcl): Fault => {
  const members = (topology: Topology) => vpcNamed(topology, vpc).workloads.filter((each) => each.tier === tier)
  return nbRow({
    name: `loss of the ACL ${tier}-${rule} of ${vpc}`,
    reach: (topology) => members(topology).map(({ name }) => name),
    check: ({ topology }) => {
      const { workloads } = vpcNamed(topology, vpc)
      oneOfThese(`tier of ${vpc}`, tier, [...new Set(workloads.map((each) => each.tier))])
      oneOfThese('kind of ACL', rule, ['allow', 'deny'])
    },
    table: 'ACL',
    where: (row, of, topology) =>
      row.name === `${tier}-${rule}` && of.includes(portGroup(vpcNamed(topology, vpc), tier)),
    becomes: 'lost',
  })
}

export type LostRoute = {
  /** A logical router, 'lr-vpc-a'. */
  readonly router: string
  /** A prefix that it has a static route to, '10.1.0.0/16'. */
  readonly to: string
}

const routersOf = ({ vpcs, transit }: Topology) => [
  ...Object.values(vpcs).map(({ router }) => router),
  ...(transit ? [transit.router] : []),
]

/** Loss of a router's static route to a prefix. Routes that it learned are no rows of the NB. */
export const routeLost = ({ router, to }: LostRoute): Fault =>
  nbRow({
    name: `loss of the route to ${to} on ${router}`,
    reach: (topology) => {
      const behind = Object.values(topology.vpcs).filter((vpc) => vpc.router === router || vpc.cidr === to)
      return behind.flatMap(({ workloads }) => workloads.map(({ name }) => name))
    },
    check: ({ topology }) => {
      oneOfThese('logical router', router, routersOf(topology))
      const joined = topology.transit ? Object.values(topology.vpcs).filter((vpc) => vpc.transit) : []
      const prefixes = joined.filter((vpc) => vpc.router !== router).map(({ cidr }) => cidr)
      oneOfThese(`static route of ${router}`, to, prefixes)
    },
    table: 'Logical_Router_Static_Route',
    where: (row, of) => row.ip_prefix === to && of.includes(router),
    becomes: 'lost',
  })

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/

export type WrongAddress = {
  /** What OVN is to believe in place of what the workload has: at least one of the two. */
  readonly mac?: string
  readonly address?: string
}

const workloadNamed = (topology: Topology, name: string): Workload => {
  const found = nodeNamed(topology, name).vpc?.workloads.find((each) => each.name === name)
  if (found) return found
  throw new ScenarioError(`${name} is no workload; its port has no address of its own in the NB`)
}

/** The port of a workload with another MAC or IP address than it has: OVN answers ARP for what nobody is. */
export const portAddressWrong = (node: string, { mac, address }: WrongAddress): Fault => {
  if (mac === undefined && address === undefined)
    throw new ScenarioError(`portAddressWrong was given neither mac nor address for ${node}`)
  if (mac !== undefined && !MAC.test(mac))
    throw new ScenarioError(`no MAC address: '${mac}'; write six octets in hexadecimal`)
  if (address !== undefined && !isAddress(address)) throw new ScenarioError(`no IPv4 address: '${address}'`)
  const was = (row: Row) => String(row.addresses).split(' ')
  return nbRow({
    name: `wrong address ${[mac, address].filter(Boolean).join(' ')} of the port of ${node}`,
    targets: [node],
    check: ({ topology }) => {
      const own = workloadNamed(topology, node)
      if ((mac ?? own.mac) === own.mac && (address ?? own.address) === own.address)
        throw new ScenarioError(`${own.mac} ${own.address} is the address that ${node} has`)
    },
    table: 'Logical_Switch_Port',
    where: (row) => row.name === node,
    becomes: (row) => ({ addresses: `${mac ?? was(row)[0]} ${address ?? was(row)[1]}` }),
  })
}

/** Loss of one backend of a load balancer: the others get its share, and without any other nobody answers. */
export const backendLost = (balancer: string, backend: string): Fault =>
  nbRow({
    name: `loss of backend ${backend} of ${balancer}`,
    targets: [backend],
    check: ({ topology }) =>
      oneOfThese(`backend of ${balancer}`, backend, loadBalancerNamed(topology, balancer).backends),
    table: 'Load_Balancer',
    where: (row) => row.name === balancer,
    becomes: (row, topology) => {
      const { address = '', serves } = workloadNamed(topology, backend)
      const vips = Object.entries(row.vips as Readonly<Record<string, string>>)
      const without = (list: string) =>
        list
          .split(',')
          .filter((each) => each !== `${address}:${serves}`)
          .join(',')
      return { vips: ['map', vips.map(([vip, list]) => [vip, without(list)])] }
    },
  })

/**
 * A planned move of a VPC's gateway port, as before maintenance of a chassis: the other chassis gets the
 * highest priority (ovn-nb(5), Gateway_Chassis). Healing moves it back in the same way.
 */
export const gatewayMoved = ({ vpc, to }: { readonly vpc: string; readonly to: string }): Fault => {
  const chassis = (topology: Topology) => vpcNamed(topology, vpc).nat.chassis
  const portOf = (topology: Topology) => routerPort(vpcNamed(topology, vpc).nat.subnet)
  return nbRow({
    name: `move of the gateway port of ${vpc} to ${to}`,
    targets: [to],
    reach: chassis,
    check: ({ topology }) => {
      const [home = '', ...others] = chassis(topology)
      oneOfThese(`chassis that the gateway port of ${vpc} can move to from ${home}`, to, others)
    },
    table: 'Gateway_Chassis',
    where: (row, _, topology) => row.chassis_name === to && row.name === `${portOf(topology)}-${to}`,
    // Priorities of a topology are below 1000.
    becomes: () => ({ priority: 1000 }),
    effective: gatewayPort(vpc, { on: to }),
    restored: {
      name: `the gateway port of ${vpc} to be where it belongs`,
      look: (lab) => gatewayPort(vpc, { on: chassis(lab.topology)[0] ?? '' }).look(lab),
    },
  })
}
