// The internets of a topology, one to a region: who their customers are, and how they are joined.

import type { End } from './links.ts'
import type { Internet, Topology, Vpc } from './types.ts'

/** The first region's, which all others are joined to, comes first. */
export const internets = ({ internet, regions = [] }: Topology): readonly Internet[] => [
  internet,
  ...regions.map((region) => region.internet),
]

/** Whom a VPC's NAT gateways have their uplinks to. */
export const internetOf = (topology: Topology, vpc: Vpc): Internet =>
  internets(topology).find(({ name }) => name === vpc.internet) ?? topology.internet

export const customersOf = (topology: Topology, internet: string): readonly Vpc[] =>
  Object.values(topology.vpcs).filter((vpc) => internetOf(topology, vpc).name === internet)

export type JointEnd = End & { readonly as: number; readonly address: string }

/** A link between two regions' internets. */
export type Joint = { readonly ends: readonly [JointEnd, JointEnd]; readonly prefix: number; readonly prepend: number }

/** All of them, best first. A device is called by the region it leads to and the number of the link: 'region-2-1'. */
export const joints = ({ internet, regions = [] }: Topology): readonly Joint[] =>
  regions.flatMap((region, i) =>
    region.peerings.map(({ address, peer, prefix, prepend }, k): Joint => {
      const far = region.internet
      return {
        ends: [
          { node: internet.name, device: `region-${i + 2}-${k + 1}`, as: internet.as, address },
          { node: far.name, device: `region-1-${k + 1}`, as: far.as, address: peer },
        ],
        prefix,
        prepend,
      }
    }),
  )

/** Those of one internet, each with its own end first. */
export const jointsOf = (topology: Topology, internet: string): readonly Joint[] =>
  joints(topology).flatMap((joint) => {
    const [one, other] = joint.ends
    if (one.node === internet) return [joint]
    return other.node === internet ? [{ ...joint, ends: [other, one] }] : []
  })

/** What an internet announces to those of other regions: itself, and its customers' public ranges. */
export const announcedBy = (topology: Topology, { name, address }: Internet): readonly string[] => [
  `${address}/32`,
  ...customersOf(topology, name).map(({ publicRange }) => publicRange),
]
