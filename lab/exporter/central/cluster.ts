import { clusterStatus } from '../parse/cluster.ts'
import type { Samples } from '../samples.ts'

const ROLES: Readonly<Record<string, number>> = { follower: 1, candidate: 2, leader: 3 }

/** A database as a member of its cluster; `text` is its answer to cluster/status, none where it has no such command. */
export function clusterSamples({ add }: Samples, component: string, text: string | undefined): void {
  const cluster = clusterStatus(text ?? '')
  add('ovn_cluster_enabled', cluster ? 1 : 0, { component })
  if (!cluster) return
  const { inbound, outbound, peers } = cluster
  const of = { component, server_id: cluster.serverId, cluster_id: cluster.clusterId }
  const say = (name: string, value: number | undefined) => add(`ovn_cluster_${name}`, value, of)
  say('role', ROLES[cluster.role] ?? 0)
  say('status', cluster.status === 'cluster member' ? 1 : 0)
  say('leader_self', cluster.leader === 'self' ? 1 : 0)
  say('vote_self', cluster.vote === 'self' ? 1 : 0)
  say('term', cluster.term)
  say('election_timer_seconds', cluster.electionTimerMs / 1000)
  say('log_low_index', cluster.logLow)
  say('log_high_index', cluster.logHigh)
  say('next_index', cluster.role === 'leader' ? cluster.logHigh : undefined)
  say('uncommitted_entry_count', cluster.uncommitted)
  say('pending_entry_count', cluster.unapplied)
  say('peer_count', peers.length)
  say('inbound_peer_conn_total', inbound.length)
  say('outbound_peer_conn_total', outbound.length)
  for (const { id, address, next, match } of peers) {
    const peer = { ...of, peer_id: id, peer_address: address }
    add('ovn_cluster_inbound_peer_connected', inbound.includes(id) ? 1 : 0, peer)
    add('ovn_cluster_outbound_peer_connected', outbound.includes(id) ? 1 : 0, peer)
    add('ovn_cluster_peer_next_index', next, peer)
    add('ovn_cluster_peer_match_index', match, peer)
  }
}
