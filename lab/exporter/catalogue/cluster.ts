// northd, and the databases as a cluster (RAFT, ovsdb(7)). Without a cluster only cluster_enabled is there.

import { family, type Metric } from './metric.ts'

const MEMBER = ['component', 'server_id', 'cluster_id'] as const
const PEER = [...MEMBER, 'peer_id', 'peer_address'] as const

export const ofNorthd: readonly Metric[] = family('central', [
  ['ovn_northd_status', 'gauge', [], '1 active, 0 standby, 2 paused (northd, status)'],
  ['ovn_northd_nb_connection_status', 'gauge', [], '1 while it is connected to the NB, else 0 (nb-connection-status)'],
  ['ovn_northd_sb_connection_status', 'gauge', [], '1 while it is connected to the SB, else 0 (sb-connection-status)'],
])

export const ofCluster: readonly Metric[] = family('central', [
  ['ovn_cluster_enabled', 'gauge', ['component'], '1 if the database is a cluster, else 0'],
  ['ovn_cluster_role', 'gauge', MEMBER, '3 leader, 2 candidate, 1 follower, 0 anything else'],
  ['ovn_cluster_status', 'gauge', MEMBER, '1 if it is a member of its cluster, else 0'],
  ['ovn_cluster_leader_self', 'gauge', MEMBER, '1 if it leads, else 0'],
  ['ovn_cluster_vote_self', 'gauge', MEMBER, '1 if it voted for itself, else 0'],
  ['ovn_cluster_term', 'counter', MEMBER, 'Term: one more with each election'],
  [
    'ovn_cluster_election_timer_seconds',
    'gauge',
    MEMBER,
    'How long it waits for a leader before it stands for election',
  ],
  ['ovn_cluster_log_low_index', 'gauge', MEMBER, 'Oldest entry of its log'],
  ['ovn_cluster_log_high_index', 'gauge', MEMBER, 'Entry after the newest of its log'],
  ['ovn_cluster_next_index', 'gauge', MEMBER, 'Of a leader: entry it writes next; the same as log_high_index'],
  ['ovn_cluster_uncommitted_entry_count', 'gauge', MEMBER, 'Entries that too few members have'],
  ['ovn_cluster_pending_entry_count', 'gauge', MEMBER, 'Entries that are not applied yet'],
  ['ovn_cluster_peer_count', 'gauge', MEMBER, 'Other members'],
  ['ovn_cluster_inbound_peer_conn_total', 'gauge', MEMBER, 'Connections from other members'],
  ['ovn_cluster_outbound_peer_conn_total', 'gauge', MEMBER, 'Connections to other members'],
  ['ovn_cluster_inbound_peer_connected', 'gauge', PEER, '1 if this member is connected to us, else 0'],
  ['ovn_cluster_outbound_peer_connected', 'gauge', PEER, '1 if we are connected to this member, else 0'],
  ['ovn_cluster_peer_next_index', 'gauge', PEER, 'Of a leader: entry that this member is sent next'],
  ['ovn_cluster_peer_match_index', 'gauge', PEER, 'Of a leader: newest entry that this member has'],
])
