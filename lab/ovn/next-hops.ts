// Where OVN sends what has no better route: what it learned, or what the NB says and BFD lets stand.

import type { Lab } from '../types.ts'
import { staticNextHops } from './egress.ts'

/** The next hops that OVN has learned for a prefix on a logical router, by address. */
function learnedNextHops({ southbound }: Pick<Lab, 'southbound'>, router: string, prefix: string): string[] {
  const datapath = southbound
    .rows('Datapath_Binding')
    .find(({ external_ids: ids }) => (ids as Record<string, unknown> | null)?.name === router)
  return southbound
    .rows('Learned_Route')
    .filter((row) => row.datapath === datapath?._uuid && row.ip_prefix === prefix)
    .map(({ nexthop }) => String(nexthop))
}

/** The next hops of a prefix on a logical router, by address: those learned, or of a default that is static those whose BFD is up. */
export function nextHopsOf(lab: Pick<Lab, 'southbound' | 'topology'>, router: string, prefix: string): string[] {
  const vpc = Object.values(lab.topology.vpcs).find((each) => each.router === router)
  if (vpc?.nat.egress === 'static' && prefix === '0.0.0.0/0') return staticNextHops(vpc, lab.southbound.rows('BFD'))
  return learnedNextHops(lab, router, prefix)
}
