// Every way to lose a central node of three is survived, one after the other: a leader dies with its disk
// and is replaced, a follower is cut off, leadership is handed over, a northd dies. After each the cluster is
// whole, and the lab at its end as it was before.
//
//     central-1 ─ central-2 ─ central-3      never more than one of them at a time

import { expect, test } from 'vitest'
import { twoVpcsRaft } from '../fixtures/two-vpcs-raft.ts'
import { leaderOf } from '../lab/conditions/cluster.ts'
import { clusterWhole, startLab, until } from '../lab/index.ts'
import { inject } from './inject.ts'
import { kill } from './kill.ts'
import { isolate } from './links.ts'
import { freezeProcess, killProcess } from './processes.ts'
import { activeNorthd, moveLeadership, nbLeader, sbFollower, sbLeader } from './raft.ts'
import { on } from './targets.ts'

test('a cluster of central nodes survives whatever one of them suffers', async (run) => {
  await using lab = await startLab(twoVpcsRaft, run)
  const faults = [
    moveLeadership('sb'),
    moveLeadership('nb'),
    on(sbLeader(), kill),
    on(sbFollower(), isolate),
    on(nbLeader(), (node) => freezeProcess(node, 'ovsdb-server-nb')),
    on(activeNorthd(), (node) => killProcess(node, 'ovn-northd')),
  ]
  for (const fault of faults) {
    const injected = await inject(lab, fault)
    await injected.heal()
    await until(lab, clusterWhole, { within: '20s' }) // northd may search for 15 s
    expect(await leaderOf(lab, 'sb')).toBeDefined()
  }
})
