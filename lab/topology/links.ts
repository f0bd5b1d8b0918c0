// Every link of the lab as data. All of them run through the patchbay; faults and captures name
// them by an end, 'nat-gw-a-1:eth1'.

import { createHash } from 'node:crypto'
import { ScenarioError } from '../errors.ts'
import { alternatives } from './alternatives.ts'
import { centrals } from './nodes.ts'
import { internetOf, joints } from './regions.ts'
import type { Topology } from './types.ts'

export type End = {
  readonly node: string
  /** 'eth1' */
  readonly device: string
}

export type Link = {
  /** Its first end, 'nat-gw-a-1:eth1'. */
  readonly name: string
} & (
  | { readonly ends: readonly [End, End]; readonly fabric?: false }
  /** The other end is a port of the fabric bridge. */
  | { readonly ends: readonly [End]; readonly fabric: true }
)

/** The kernel's IFNAMSIZ is 16, its terminating zero included. */
const LONGEST = 15

/**
 * A device name for the link to a node, 'p-a-web-1'. The prefix keeps it from ever being a word
 * that ip or tc would take for a keyword, such as 'up' or 'dev'.
 */
export const deviceName = (prefix: string, node: string, stem: string): string => {
  const plain = `${prefix}-${stem}`
  if (plain.length <= LONGEST) return plain
  const digest = createHash('sha256').update(node).digest('hex').slice(0, 6)
  return `${plain.slice(0, LONGEST - 7)}-${digest}`
}

const port = (node: string): string => deviceName('p', node, node.replace(/^vpc-/, ''))
const uplink = (gateway: string): string => deviceName('to', gateway, gateway.replace(/^nat-gw-/, ''))

const between = (a: End, b: End): Link => ({ name: nameOf(a), ends: [a, b] })
const nameOf = ({ node, device }: End): string => `${node}:${device}`

const toFabric = (node: string): Link => {
  const end = { node, device: 'eth0' }
  return { name: nameOf(end), ends: [end], fabric: true }
}

const toChassis = ({ name, chassis }: { readonly name: string; readonly chassis: string }): Link =>
  between({ node: name, device: 'eth0' }, { node: chassis, device: port(name) })

/** Fabric first, then VPC by VPC: workloads, insides of the NAT gateways, their uplinks; then those between regions. */
export const links = (topology: Topology): readonly Link[] => [
  ...[...centrals(topology), ...topology.chassis].map(({ name }) => toFabric(name)),
  ...Object.values(topology.vpcs).flatMap((vpc) => [
    ...vpc.workloads.map(toChassis),
    ...vpc.nat.gateways.map(toChassis),
    ...vpc.nat.gateways.map(({ name }) =>
      between({ node: name, device: 'eth1' }, { node: internetOf(topology, vpc).name, device: uplink(name) }),
    ),
  ]),
  ...joints(topology).map(({ ends: [one, other] }) =>
    between({ node: one.node, device: one.device }, { node: other.node, device: other.device }),
  ),
]

/** The link with an end of this name. Throws a ScenarioError that lists the nearest names. */
export const linkNamed = (topology: Topology, name: string): Link => {
  const all = links(topology)
  const found = all.find(({ ends }) => ends.some((end) => nameOf(end) === name))
  if (found) return found
  const names = all.map((link) => link.name)
  throw new ScenarioError(`no link '${name}' in ${topology.name}; it has ${alternatives(name, names)}`)
}
