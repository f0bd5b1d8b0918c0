// The BGP sessions of a topology as data: who speaks to whom, from which address, in which daemon.

import { ScenarioError } from '../errors.ts'
import { alternatives } from './alternatives.ts'
import { nodeNamed } from './nodes.ts'
import { internetOf, type JointEnd, joints } from './regions.ts'
import type { Topology, Vpc } from './types.ts'

/** One side of a session. */
export type Speaking = {
  readonly node: string
  /** Of several bgpd in one namespace the one that speaks, 'vpc-a'; '' for the only one. */
  readonly instance: string
  readonly as: number
  readonly address: string
}

/** `vpc`: whose it is; of none where two regions meet. */
export type Peering = { readonly vpc?: Vpc; readonly ends: readonly [Speaking, Speaking] }

/**
 * Each NAT gateway with its region's internet, unless they speak OSPF, and with the speakers of its VPC; the internets
 * of two regions on each link between them.
 */
export const peerings = (topology: Topology): readonly Peering[] => [
  ...customers(topology),
  ...joints(topology).map(({ ends: [one, other] }): Peering => ({ ends: [speaking(one), speaking(other)] })),
]

const speaking = ({ node, as, address }: JointEnd): Speaking => ({ node, instance: '', as, address })

const customers = (topology: Topology): readonly Peering[] =>
  Object.values(topology.vpcs).flatMap((vpc) =>
    vpc.nat.gateways.flatMap(({ name: node, as, address, uplink }): Peering[] => {
      const own = { node, instance: '', as }
      const internet = internetOf(topology, vpc)
      const upstream: Peering = {
        vpc,
        ends: [
          { ...own, address: uplink.address },
          { node: internet.name, instance: '', as: internet.as, address: uplink.peer },
        ],
      }
      return [
        ...(topology.timers.ospf ? [] : [upstream]),
        ...vpc.nat.speakers.map(
          (speaker): Peering => ({
            vpc,
            ends: [
              { ...own, address },
              { node: speaker.chassis, instance: vpc.name, as: vpc.as, address: speaker.address },
            ],
          }),
        ),
      ]
    }),
  )

/** A session, seen from one of its ends. */
export type Session = { readonly vpc?: Vpc; readonly near: Speaking; readonly far: Speaking }

/** Every session of a node, seen from there. Throws ScenarioError for a node that is not there. */
export function sessionsOf(topology: Topology, node: string): readonly Session[] {
  nodeNamed(topology, node)
  return peerings(topology).flatMap(({ vpc, ends: [one, other] }) => [
    ...(one.node === node ? [{ ...(vpc && { vpc }), near: one, far: other }] : []),
    ...(other.node === node ? [{ ...(vpc && { vpc }), near: other, far: one }] : []),
  ])
}

/** The session between two nodes, seen from the first. Throws ScenarioError where there is none, naming those there are. */
export function sessionBetween(topology: Topology, a: string, b: string): Session {
  nodeNamed(topology, b)
  const mine = sessionsOf(topology, a)
  const found = mine.find(({ far }) => far.node === b)
  if (found) return found
  const peers = mine.map(({ far }) => far.node)
  throw new ScenarioError(
    `no BGP session between ${a} and ${b}; ${a} has ${peers.length > 0 ? `one with ${alternatives(b, peers)}` : 'none'}`,
  )
}
