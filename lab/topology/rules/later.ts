// What comes while the lab runs joins what is there: it brings no tier, and no way out, of its own.

import type { Flaw } from '../flaw.ts'
import { presentWorkloads } from '../later.ts'
import { vpcsOf } from '../ports.ts'
import type { Topology } from '../types.ts'

export function* later(topology: Topology): Iterable<Flaw> {
  for (const { at, vpc } of vpcsOf(topology)) {
    const tiers = [...new Set(presentWorkloads(vpc).map(({ tier }) => tier))]
    for (const [index, subnet] of vpc.subnets.entries()) {
      if (!subnet.later) continue
      const place = [...at, 'subnets', index]
      if (subnet.name === vpc.nat.subnet)
        yield { at: [...place, 'later'], says: 'cannot be: the way out of the VPC is there from the start' }
      else if (!subnet.tier || !tiers.includes(subnet.tier))
        yield {
          at: [...place, 'tier'],
          says: `is ${subnet.tier ?? 'none'}, of which ${vpc.name} has no workload from the start, and so no ACLs; take ${tiers.join(' or ')}`,
        }
    }
  }
}
