import { expect, test } from 'vitest'
import { twoVpcs } from '../../../fixtures/two-vpcs.ts'
import { changed, type Row, refusal } from '../broken.ts'

const peer = (n: number) => ({ name: `central-${n}`, address: `172.20.0.${n + 1}` })

test.each<Row>([
  [
    'a cluster of two',
    { 'central.peers': [peer(2)] },
    'central: peers makes a cluster of 2, which survives no more losses than one of 1; add another, or leave one out',
  ],
  [
    'an election timer of no cluster',
    { 'timers.raft': { electionMs: 1000 } },
    'timers.raft is of a cluster, and there is one central node; add peers or leave this out',
  ],
  [
    'an election timer that no server takes',
    { 'central.peers': [peer(2), peer(3)], 'timers.raft': { electionMs: 10 } },
    'timers.raft.electionMs must be at least 100, was 10',
  ],
  [
    'a peer with the name of another',
    { 'central.peers': [peer(2), { ...peer(3), name: 'chassis-1' }] },
    'chassis-1 is taken by',
  ],
  [
    'a peer with the address of another',
    { 'central.peers': [peer(2), { ...peer(3), address: '172.20.0.11' }] },
    '172.20.0.11 is taken by',
  ],
])('%s is refused', (_, changes, says) => {
  expect(refusal(changed(twoVpcs, changes))).toContain(says)
})

test('three central nodes are a cluster', () => {
  const three = { 'central.peers': [peer(2), peer(3)], 'timers.raft': { electionMs: 1000 } }
  expect(refusal(changed(twoVpcs, three))).toBe('nothing wrong')
})
