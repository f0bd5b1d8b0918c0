// The cluster of central nodes: who leads, who takes part, and how a member that was lost is replaced.

import type { Console } from '../engine/console.ts'
import { LabError } from '../errors.ts'
import type { History } from '../history.ts'
import { control, DATABASES, type Database, joinCluster, meets } from '../nodes/central.ts'
import { centrals } from '../topology/nodes.ts'
import type { Central, Topology } from '../topology/types.ts'
import { ready } from '../until.ts'

export type DatabaseName = keyof typeof DATABASES

/** What a server says of itself and its cluster (ovsdb-server(1), cluster/status). */
export type ClusterStatus = {
  readonly role: 'leader' | 'follower' | 'candidate' | 'none'
  /** 'cluster member', 'joining cluster', 'disconnected from the cluster (election timeout)'. */
  readonly status: string
  readonly term: number
  /** Where the members meet, 'tcp:172.20.0.2:6644'. */
  readonly members: readonly string[]
}

/** Reads what cluster/status prints; of a server that did not answer, or is of no cluster, the role is none. */
export function clusterStatus(text: string): ClusterStatus {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? ''
  const role = field('Role')
  return {
    role: role === 'leader' || role === 'follower' || role === 'candidate' ? role : 'none',
    status: field('Status') || text.trim().split('\n')[0] || 'no answer',
    term: Number(field('Term') || 0),
    members: [...text.matchAll(/^ {4}\w+ \(\w+ at (\S+)\)/gm)].map(([, address = '']) => address),
  }
}

/** Bash text that asks a server for its cluster's status, its command line put where it fails. */
export const askStatus = (database: Database): string =>
  `ovn-appctl -t ${control(database)} cluster/status ${database.database} 2>&1`

type Members = { readonly console: (node: string) => Pick<Console, 'run' | 'try'>; readonly history: History }

/**
 * Replaces a member that was lost with its disk: the others forget it, as nobody will bring its files
 * back, and its new files are made to join them. Its servers are started by whoever boots the node.
 * Throws LabError where the others do not let it go, as without a majority they cannot.
 */
export async function replaceMember(topology: Topology, member: Central, by: string, { console, history }: Members) {
  for (const database of Object.values(DATABASES)) {
    const address = meets(member, database)
    const kick = `ovn-appctl -t ${control(database)} cluster/kick ${database.database} ${address}`
    const forgotten = {
      name: `${by} to have forgotten ${member.name} in ${database.database}`,
      look: async () => {
        const { members } = clusterStatus((await console(by).try(askStatus(database))).out)
        if (!members.includes(address)) return { holds: true, saw: `members ${members.join(', ')}` }
        // Asked of nobody while there is no leader, as just after the one that was lost.
        const { out } = await console(by).try(kick)
        return { holds: false, saw: `members ${members.join(', ')}; ${out.trim()}` }
      },
    }
    await ready({ history }, forgotten, { within: '15s', every: '200ms' })
  }
  await console(member.name).run(joinCluster(topology, member))
}

/** A member other than this one that runs. Throws LabError where none does. */
export function anotherMember(topology: Topology, node: string, alive: (node: string) => boolean): string {
  const found = centrals(topology).find(({ name }) => name !== node && alive(name))
  if (found) return found.name
  throw new LabError(`no member of the cluster is left that ${node} could join again`)
}
