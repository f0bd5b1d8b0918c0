// Regions, and services that several of them have.

import { alternatives } from '../alternatives.ts'
import type { Flaw } from '../flaw.ts'
import { vpcsOf } from '../ports.ts'
import { internets } from '../regions.ts'
import type { Topology } from '../types.ts'

export function* regions(topology: Topology): Iterable<Flaw> {
  const names = internets(topology).map(({ name }) => name)
  for (const { at, vpc } of vpcsOf(topology))
    if (vpc.internet !== undefined && !names.includes(vpc.internet))
      yield {
        at: [...at, 'internet'],
        says: `${vpc.internet} is unknown; there is ${alternatives(vpc.internet, names)}`,
      }
  if (topology.regions && topology.timers.ospf)
    yield { at: ['regions'], says: 'speak BGP with each other, and gateways here OSPF; leave timers.ospf or these out' }
  if (!topology.anycast) return
  const { copies, port } = topology.anycast
  const workloads = vpcsOf(topology).flatMap(({ vpc }) => vpc.workloads)
  const serving = workloads.filter(({ serves }) => serves === port).map(({ name }) => name)
  for (const [i, copy] of copies.entries())
    if (!serving.includes(copy))
      yield {
        at: ['anycast', 'copies', i],
        says: `${copy} serves nothing on port ${port}; ${serving.length > 0 ? `there is ${alternatives(copy, serving)}` : 'nobody does'}`,
      }
  if (topology.timers.ospf)
    yield { at: ['anycast'], says: 'is announced by BGP, and gateways here speak OSPF; leave timers.ospf or this out' }
}
