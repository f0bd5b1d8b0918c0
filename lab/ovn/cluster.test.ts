import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { twoVpcsRaft } from '../../fixtures/two-vpcs-raft.ts'
import { joinCluster } from '../nodes/central.ts'
import { anotherMember, clusterStatus } from './cluster.ts'

const FOLLOWER = `a848
Name: OVN_Southbound
Cluster ID: d4b3 (d4b316e9-e79b-40d2-a8e0-5e0de212ba17)
Server ID: a848 (a8485b3c-357f-4e1b-b57a-4e4d8863a2cc)
Address: tcp:172.20.0.3:6644
Status: cluster member
Role: follower
Term: 4
Leader: 0b19
Vote: 0b19

Election timer: 1000
Log: [2, 9]
Servers:
    a848 (a848 at tcp:172.20.0.3:6644) (self)
    0b19 (0b19 at tcp:172.20.0.2:6644) last msg 26 ms ago
    60fe (60fe at tcp:172.20.0.4:6644)
`

test('what a member says of its cluster is read', () => {
  expect(clusterStatus(FOLLOWER)).toEqual({
    role: 'follower',
    status: 'cluster member',
    term: 4,
    members: ['tcp:172.20.0.3:6644', 'tcp:172.20.0.2:6644', 'tcp:172.20.0.4:6644'],
  })
})

test.each([
  ['a dead server', 'ovn-appctl: cannot connect to "/run/ovn/ovnsb_db.ctl" (Connection refused)\n'],
  ['a server of no cluster', 'not a clustered database\novn-appctl: server returned an error\n'],
])('%s has no role, and says why', (_, text) => {
  expect(clusterStatus(text)).toEqual({ role: 'none', status: text.split('\n')[0], term: 0, members: [] })
})

test('a member that lost its files joins the others, in both databases', () => {
  const [second] = twoVpcsRaft.central.peers ?? []
  const text = second ? joinCluster(twoVpcsRaft, second) : ''
  expect(text).toContain(
    'join-cluster /var/lib/ovn/ovnsb_db/ovnsb_db.db OVN_Southbound tcp:172.20.0.3:6644 tcp:172.20.0.2:6644 tcp:172.20.0.4:6644',
  )
  expect(text).toContain('OVN_Northbound tcp:172.20.0.3:6643')
})

test('another member is one that runs', () => {
  expect(anotherMember(twoVpcsRaft, 'central-1', (node) => node === 'central-3')).toBe('central-3')
  expect(() => anotherMember(twoVpcs, 'central', () => true)).toThrow(
    'no member of the cluster is left that central could join again',
  )
})
