import type { Fault } from './fault.ts'
import { DROPPED, imposed } from './imposed.ts'
import { FABRIC } from './links.ts'
import { coursesOf, nodesAt, sayWhere, type Where, waysOf } from './where.ts'

/**
 * Silence on a link, or in one direction of it: everything is dropped from one instant on, and every carrier is up.
 * One way only, whoever is not heard still hears: of two ends that watch each other only one is told.
 */
export function silence(where: Where): Fault {
  const name = `silence ${sayWhere(where)}`
  const { between } = where
  return {
    name,
    targets: typeof between === 'string' ? [between] : between.filter((node) => node !== FABRIC),
    reach: (topology) => nodesAt(topology, where),
    check: ({ topology }) => void waysOf(topology, where),
    apply: async (lab) => {
      const courses = coursesOf(waysOf(lab.topology, where), { loss: 1, duplicate: 0 })
      return imposed(await lab.wires.rules.impose(name, courses), DROPPED)
    },
  }
}
