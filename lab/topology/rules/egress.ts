// Static defaults are worth what watches them: without BFD a route stays, whatever becomes of its gateway.

import type { Flaw } from '../flaw.ts'
import { vpcsOf } from '../ports.ts'
import type { Topology } from '../types.ts'

export function* egress(topology: Topology): Iterable<Flaw> {
  if (topology.timers.bfd) return
  for (const { at, vpc } of vpcsOf(topology))
    if (vpc.nat.egress)
      yield { at: [...at, 'nat', 'egress'], says: `${vpc.nat.egress} needs timers.bfd, which watches its gateways` }
}
