// The cluster of central nodes as a target: its leaders, its followers, the northd that is active; and its
// leadership moved by hand.

import { leaderOf, ledByAnother, activeNorthd as northdNow, standings } from '../lab/conditions/cluster.ts'
import { LabError, ScenarioError } from '../lab/errors.ts'
import { control, DATABASES } from '../lab/nodes/central.ts'
import type { DatabaseName } from '../lab/ovn/cluster.ts'
import { oneOf } from '../lab/random.ts'
import { centrals } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Fault } from './fault.ts'
import type { Target } from './targets.ts'

/** Every central node. Throws ScenarioError where they are no cluster: of one node nobody is the leader. */
function members(topology: Topology): readonly string[] {
  if (topology.central.peers) return centrals(topology).map(({ name }) => name)
  throw new ScenarioError(`${topology.name} has one central node, ${topology.central.name}, which is no cluster`)
}

const leader = (name: DatabaseName): Target => ({
  name: `the ${name.toUpperCase()} leader`,
  among: members,
  find: async (lab) => {
    const found = await leaderOf(lab, name)
    if (found) return found
    throw new LabError(`nobody leads the ${name.toUpperCase()} now`)
  },
})

/** The central node that leads the SB's cluster now. */
export const sbLeader = (): Target => leader('sb')

/** The central node that leads the NB's cluster now. */
export const nbLeader = (): Target => leader('nb')

/** A central node that follows the SB's leader now, from the run's seed. */
export const sbFollower = (): Target => ({
  name: 'a follower of the SB leader',
  among: members,
  find: async (lab) => {
    const followers = (await standings(lab, 'sb')).filter(({ role }) => role === 'follower').map(({ node }) => node)
    if (followers.length === 0) throw new LabError('nobody follows the SB leader now')
    return oneOf(followers, lab.random('a follower of the SB leader'))
  },
})

/** The central node whose northd is active now; of one central node, that one. */
export const activeNorthd = (): Target => ({
  name: 'the active northd',
  among: (topology) => centrals(topology).map(({ name }) => name),
  find: async (lab) => {
    const found = await northdNow(lab)
    if (found) return found
    throw new LabError('no northd is active now')
  },
})

/**
 * Handover of a database's leadership, as its server does it before it writes a snapshot: the leader asks a
 * follower to stand for election at once. It ends by itself; who leads then is as good as who led before.
 * The server's command for it is one of its own tests (ovsdb/raft.c, cluster/failure-test).
 */
export const moveLeadership = (name: DatabaseName): Fault => ({
  name: `handover of the ${name.toUpperCase()}'s leadership`,
  ends: 'once another leads',
  targets: [],
  reach: members,
  check: ({ topology }) => void members(topology),
  apply: async (lab) => {
    const from = await leader(name).find(lab)
    const { bracket } = await lab.run(
      from,
      `ovn-appctl -t ${control(DATABASES[name])} cluster/failure-test transfer-leadership`,
    )
    const led = ledByAnother(name, { than: from })
    return {
      targets: [from],
      bracket,
      effective: led,
      heal: async () => bracket,
      restored: led,
      over: Promise.resolve(bracket),
    }
  },
})
