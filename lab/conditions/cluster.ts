// Conditions on the cluster of central nodes: who leads it now, and whether all take part.

import { ScenarioError } from '../errors.ts'
import { ofKind } from '../history.ts'
import type { Named } from '../loss/window.ts'
import { DATABASES, meets } from '../nodes/central.ts'
import { askStatus, type ClusterStatus, clusterStatus, type DatabaseName } from '../ovn/cluster.ts'
import { centrals } from '../topology/nodes.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

export type Standing = ClusterStatus & { readonly node: string }

/** What each central node that runs says of a database's cluster. One that does not answer has role none. */
export async function standings(lab: Lab, name: DatabaseName): Promise<Standing[]> {
  const running = centrals(lab.topology).filter((member) => lab.alive(member.name))
  return Promise.all(
    running.map(async ({ name: node }) => {
      const { out } = await lab.try(node, `timeout 1 ${askStatus(DATABASES[name])}`)
      return { node, ...clusterStatus(out) }
    }),
  )
}

/**
 * The member that leads a database's cluster now, by the latest term that anybody tells of: one that was
 * cut off goes on calling itself the leader until its election timer has run out. None: there is none now.
 */
export async function leaderOf(lab: Lab, name: DatabaseName): Promise<string | undefined> {
  const all = await standings(lab, name)
  const latest = Math.max(...all.map(({ term }) => term))
  return all.find(({ role, term }) => role === 'leader' && term === latest)?.node
}

/** The central node whose northd is active now. None: all wait for the lock. */
export async function activeNorthd(lab: Lab): Promise<string | undefined> {
  for (const { name } of centrals(lab.topology)) {
    if (!lab.alive(name)) continue
    const { out } = await lab.try(name, 'timeout 1 ovn-appctl -t ovn-northd status 2>&1')
    if (out.includes('Status: active')) return name
  }
  return undefined
}

const assertCluster = ({ topology }: Lab) => {
  if (!topology.central.peers)
    throw new ScenarioError(`${topology.name} has one central node, ${topology.central.name}, which is no cluster`)
}

/** Whom a fault struck, as its strike told. Throws ScenarioError for one that has not struck. */
function struckBy({ history }: Lab, { name }: Named): string {
  const applied = ofKind(history, 'fault').findLast(({ fault, phase }) => fault === name && phase === 'applied')
  if (applied?.targets[0]) return applied.targets[0]
  throw new ScenarioError(`${name} has struck nobody; inject it first`)
}

/** Somebody other than this node, or than whom this fault struck, leads a database's cluster. */
export const ledByAnother = (name: DatabaseName, { than }: { than: string | Named }): Condition<Lab> => ({
  name: `the ${name.toUpperCase()} to be led by another than ${typeof than === 'string' ? than : `whom ${than.name} struck`}`,
  look: async (lab) => {
    assertCluster(lab)
    const node = typeof than === 'string' ? than : struckBy(lab, than)
    const leader = await leaderOf(lab, name)
    return { holds: leader !== undefined && leader !== node, saw: leader ? `${leader} leads` : 'nobody leads' }
  },
})

/** Every member takes part in both clusters, each has one leader, and one northd is active. Of one central node, it holds. */
export const clusterWhole: Condition<Lab> = {
  name: 'every central node to take part in its clusters',
  look: async (lab) => {
    const all = centrals(lab.topology)
    if (all.length === 1) return { holds: true, saw: 'one central node' }
    const wrong: string[] = []
    for (const name of Object.keys(DATABASES) as DatabaseName[]) {
      const expected = all.map((member) => meets(member, DATABASES[name])).sort()
      const told = await standings(lab, name)
      const out = told.filter(
        ({ status, members }) => status !== 'cluster member' || members.toSorted().join() !== expected.join(),
      )
      wrong.push(...out.map(({ node, status, members }) => `${node}: ${name} ${status}, ${members.length} members`))
      const leaders = told.filter(({ role }) => role === 'leader')
      if (told.length < all.length || leaders.length !== 1)
        wrong.push(`${name} has ${told.length} members that run, ${leaders.length} leaders`)
    }
    if (!(await activeNorthd(lab))) wrong.push('no northd is active')
    return { holds: wrong.length === 0, saw: wrong.length > 0 ? wrong.join('; ') : `${all.length} members` }
  },
}
