// Names of the filters in bgpd's configuration, for those who write it and those who change it while it runs.

import type { Session } from '../topology/peerings.ts'
import { internets, jointsOf } from '../topology/regions.ts'
import type { Topology } from '../topology/types.ts'

/** What a NAT gateway announces to the internet, and to the speakers of its VPC. */
export const TO_INTERNET = 'INTERNET-OUT'
export const TO_OVN = 'OVN-OUT'
/** What the internet learns from a NAT gateway: each has a filter of its own. */
export const fromGateway = (gateway: string): string => `FROM-${gateway}`
/** What the internet offers to it. */
export const toGateway = (gateway: string): string => `TO-${gateway}`

export type Filters = {
  /** Route maps for what comes and what goes. */
  readonly in: string
  readonly out: string
  /** The prefix list that the outward one matches. */
  readonly list: string
}

/** What a region's internet learns from another and offers to it, by its device on the link between them. */
export const fromRegion = (device: string): string => `FROM-${device}`
export const toRegion = (device: string): string => `TO-${device}`
/** What an internet announces to other regions. */
export const listOf = (internet: string): string => `OF-${internet}`

/** The filters that the near end of a session has for it. */
export function filtersOf(topology: Topology, { near, far }: Pick<Session, 'near' | 'far'>): Filters {
  const joint = jointsOf(topology, near.node).find(({ ends: [, other] }) => other.address === far.address)
  if (joint) {
    const [{ node, device }] = joint.ends
    return { in: fromRegion(device), out: toRegion(device), list: listOf(node) }
  }
  const isInternet = (node: string) => internets(topology).some(({ name }) => name === node)
  if (isInternet(near.node)) return { in: fromGateway(far.node), out: toGateway(far.node), list: 'DEFAULT' }
  if (near.instance) return { in: 'NAT-IN', out: 'VPC-OUT', list: 'VPC' }
  if (isInternet(far.node)) return { in: 'INTERNET-IN', out: TO_INTERNET, list: 'PUBLIC' }
  return { in: 'OVN-IN', out: TO_OVN, list: 'DEFAULT' }
}
