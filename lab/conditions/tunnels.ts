// Conditions on the BFD sessions of OVN's tunnels, by which gateway ports fail over.

import { ofKind } from '../history.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** Chassis that watch each other: those of one HA group, each by its address. */
function watched({ vpcs, chassis }: Topology): readonly (readonly [at: string, to: string])[] {
  const addresses = new Map(chassis.map(({ name, address }) => [name, address]))
  const pairs = Object.values(vpcs).flatMap(({ nat }) =>
    nat.chassis.flatMap((at) => nat.chassis.filter((to) => to !== at).map((to) => `${at} ${addresses.get(to)}`)),
  )
  return [...new Set(pairs)].map((pair) => pair.split(' ') as [string, string])
}

/** Every tunnel between chassis that may hold one gateway port is up by BFD at both ends, as ovs-vswitchd tells ovn-controller. */
export const tunnelsUp: Condition<Lab> = {
  name: 'BFD of every tunnel between gateway chassis to be up',
  look: async ({ topology, history }) => {
    const told = new Map(ofKind(history, 'tunnel').map(({ source, remote, state }) => [`${source} ${remote}`, state]))
    const pairs = watched(topology)
    const nameOf = (address: string) => topology.chassis.find((each) => each.address === address)?.name ?? address
    const wrong = pairs.flatMap(([at, to]) => {
      const state = told.get(`${at} ${to}`) ?? 'not told'
      return state === 'up' ? [] : [`${at} to ${nameOf(to)} is ${state}`]
    })
    return { holds: wrong.length === 0, saw: wrong.length > 0 ? wrong.join(', ') : `${pairs.length} ends of tunnels` }
  },
}
