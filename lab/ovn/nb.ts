// The topology as one NB transaction (ovn-nbctl(8)). Tenant, VPC and tier stand in `external_ids`,
// from where metrics and reports take their labels.

import { routerTable } from '../frr/config.ts'
import { presentSubnets, presentWorkloads, workloadsOn } from '../topology/later.ts'
import { loadBalancers } from '../topology/load-balancers.ts'
import type { Subnet, Topology, Vpc } from '../topology/types.ts'
import { balanceRows } from './balance.ts'
import { egressRows } from './egress.ts'

/** Router port on a subnet, 'lrp-vpc-a-web' for ls-vpc-a-web. */
export const routerPort = (switchName: string) => switchName.replace(/^ls-/, 'lrp-')
/** Port of the gateway chassis for a distributed gateway port, 'cr-lrp-vpc-a-nat'. */
export const redirectPort = (vpc: Vpc) => `cr-${routerPort(vpc.nat.subnet)}`
/** Port group of a tier, 'pg_vpc_a_web'. */
export const portGroup = (vpc: Vpc, tier: string) => `pg_${vpc.name}_${tier}`.replaceAll('-', '_')

const ids = (vpc: Vpc, tier?: string) =>
  `external_ids:tenant=${vpc.tenant} external_ids:vpc=${vpc.name}${tier ? ` external_ids:tier=${tier}` : ''}`

const length = (cidr: string) => cidr.split('/')[1]

function attach(
  router: string,
  name: string,
  mac: string,
  address: string,
  cidr: string,
  switchName: string,
): string[] {
  const lsp = `${switchName}-to-${router}`
  return [
    `lrp-add ${router} ${name} ${mac} ${address}/${length(cidr)}`,
    `lsp-add ${switchName} ${lsp}`,
    `lsp-set-type ${lsp} router`,
    `lsp-set-addresses ${lsp} router`,
    `lsp-set-options ${lsp} router-port=${name}`,
  ]
}

function port(vpc: Vpc, switchName: string, name: string, mac: string, address: string, tier?: string): string[] {
  return [
    `lsp-add ${switchName} ${name}`,
    `lsp-set-addresses ${name} "${mac} ${address}"`,
    `set logical_switch_port ${name} ${ids(vpc, tier)}`,
  ]
}

const membersOf = (vpc: Vpc, tier: string): string[] =>
  presentWorkloads(vpc)
    .filter((workload) => workload.tier === tier)
    .map(({ name }) => name)

/** A logical switch, the router's port on it, and the ports of its workloads. */
export function subnetRows(vpc: Vpc, subnet: Subnet): string[] {
  return [
    `ls-add ${subnet.name}`,
    `set logical_switch ${subnet.name} ${ids(vpc, subnet.tier)}`,
    ...attach(vpc.router, routerPort(subnet.name), subnet.mac, subnet.gateway, subnet.cidr, subnet.name),
    ...workloadsOn(vpc, subnet).flatMap((w) => port(vpc, w.subnet, w.name, w.mac, w.address, w.tier)),
  ]
}

/** Puts the ports of a subnet under the ACLs of its tier, beside those that are there. */
export const guardRows = (vpc: Vpc, subnet: Subnet): string[] =>
  subnet.tier
    ? [
        `pg-set-ports ${portGroup(vpc, subnet.tier)} ${[
          ...membersOf(vpc, subnet.tier),
          ...workloadsOn(vpc, subnet).map(({ name }) => name),
        ].join(' ')}`,
      ]
    : []

/** What each tier admits, as ACLs on its port group; what none admits is refused as the topology says. */
function acls(topology: Topology, vpc: Vpc): string[] {
  const tiers = [...new Set(presentWorkloads(vpc).map(({ tier }) => tier))]
  const others = Object.values(topology.vpcs).map(({ cidr }) => cidr)
  const subnet = (tier: string) => vpc.subnets.filter((s) => s.tier === tier).map(({ cidr }) => cidr)
  const source = (from: string) => {
    if (from === 'internet') return `ip4.src != {${others.join(', ')}}`
    return `ip4.src == {${(from === 'vpc' ? [vpc.cidr] : subnet(from)).join(', ')}}`
  }
  return tiers.flatMap((tier) => {
    const group = portGroup(vpc, tier)
    const members = membersOf(vpc, tier)
    const allowed = vpc.allow.filter(({ to }) => to === tier).map(({ from }) => source(from))
    const match = (rest: string) => `'outport == @${group} && ip4${rest}'`
    return [
      `pg-add ${group} ${members.join(' ')}`,
      `set port_group ${group} ${ids(vpc, tier)}`,
      ...allowed.map(
        (from) => `--name=${tier}-allow acl-add ${group} to-lport 1002 ${match(` && ${from}`)} allow-related`,
      ),
      `--name=${tier}-deny acl-add ${group} to-lport 1001 ${match('')} ${vpc.deny[tier]}`,
    ]
  })
}

function vpcRows(topology: Topology, vpc: Vpc): string[] {
  const { nat, router } = vpc
  const options = [
    'dynamic-routing=true',
    'dynamic-routing-redistribute=connected',
    `requested-tnl-key=${routerTable(topology, vpc)}`,
  ]
  const rows = [
    `lr-add ${router}`,
    `set logical_router ${router} ${ids(vpc)} ${options.map((o) => `options:${o}`).join(' ')}`,
  ]
  for (const subnet of presentSubnets(vpc)) rows.push(...subnetRows(vpc, subnet))
  for (const p of [...nat.gateways, ...nat.speakers]) rows.push(...port(vpc, nat.subnet, p.name, p.mac, p.address))
  const gatewayPort = routerPort(nat.subnet)
  nat.chassis.forEach((chassis, i) => {
    rows.push(`lrp-set-gateway-chassis ${gatewayPort} ${chassis} ${10 * (nat.chassis.length - i)}`)
  })
  rows.push(`set logical_router_port ${gatewayPort} options:dynamic-routing-maintain-vrf=false`)
  return [...rows, ...egressRows(topology, vpc, gatewayPort), ...acls(topology, vpc)]
}

function transitRows({ transit, vpcs }: Topology): string[] {
  if (!transit) return []
  const rows = [
    `ls-add ${transit.switch}`,
    `lr-add ${transit.router}`,
    ...attach(transit.router, `lrp-${transit.router}`, transit.mac, transit.address, transit.cidr, transit.switch),
  ]
  for (const vpc of Object.values(vpcs)) {
    if (!vpc.transit) continue
    const { address, mac } = vpc.transit
    rows.push(...attach(vpc.router, `lrp-${vpc.name}-transit`, mac, address, transit.cidr, transit.switch))
    rows.push(`lr-route-add ${transit.router} ${vpc.cidr} ${address}`)
    for (const other of Object.values(vpcs))
      if (other !== vpc) rows.push(`lr-route-add ${vpc.router} ${other.cidr} ${transit.address}`)
  }
  return rows
}

/** Bash text of the one transaction that creates all rows of a topology. */
export function nbTransaction(topology: Topology): string {
  const { intervalMs, multiplier } = topology.timers.tunnelBfd
  const rows = [
    `set nb_global . name=${topology.name} options:bfd-min-tx=${intervalMs} options:bfd-min-rx=${intervalMs} options:bfd-mult=${multiplier}`,
    ...Object.values(topology.vpcs).flatMap((vpc) => vpcRows(topology, vpc)),
    ...transitRows(topology),
    ...loadBalancers(topology).flatMap((each) => balanceRows(each, ids(each.vpc))),
  ]
  return `ovn-nbctl ${rows.map((row) => `-- ${row}`).join(' ')}`
}
