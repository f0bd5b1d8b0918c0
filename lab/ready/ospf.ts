import { vtysh } from '../frr/start.ts'
import { adjacencies, adjacenciesOf } from '../topology/adjacencies.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** Every OSPF adjacency Full (RFC 2328 §10.1), seen from both ends. `nodes`: only theirs. It holds where nobody speaks OSPF. */
export const ospfFull = (only?: readonly string[]): Condition<Lab> => ({
  name: `OSPF Full on both ends${only ? ` at ${only.join(', ')}` : ''}`,
  look: async (lab) => {
    const ends = adjacencies(lab.topology).flatMap(({ near, far }) => [near.node, far.node])
    const asked = [...new Set(ends)].filter((node) => !only || only.includes(node))
    if (asked.length === 0) return { holds: true, saw: 'no OSPF there' }
    const looks = await Promise.all(
      asked.map(async (node) => {
        const { out } = await lab.try(node, vtysh('ospfd', 'show ip ospf neighbor json'))
        return {
          node,
          full: out.match(/"converged":"Full"/g)?.length ?? 0,
          all: adjacenciesOf(lab.topology, node).length,
        }
      }),
    )
    const wrong = looks.filter(({ full, all }) => full !== all)
    const said = wrong.map(({ node, full, all }) => `${node} has ${full} of ${all}`)
    return {
      holds: wrong.length === 0,
      saw: said.join(', ') || `${looks.reduce((sum, { all }) => sum + all, 0)} ends of adjacencies`,
    }
  },
})
