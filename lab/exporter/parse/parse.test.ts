// Each parser against what daemons of the lab answered: Open vSwitch 3.5.0, OVN 25.03.0. The PMD thread is
// of a vswitchd with a dummy-pmd port: the lab has none.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clusterStatus } from './cluster.ts'
import { datapathPorts, datapaths, upcalls } from './datapath.ts'
import { threads } from './pmd.ts'
import { coverage, engines, memory, stopwatches } from './show.ts'

const said = (name: string) => readFileSync(join(import.meta.dirname, 'captured', `${name}.txt`), 'utf8')

test('coverage/show', () => {
  const all = coverage(said('coverage-show'))
  expect(all).toHaveLength(58)
  expect(all.find(({ event }) => event === 'drop_action_of_pipeline')).toEqual({
    event: 'drop_action_of_pipeline',
    rates: [4.8, 0.4, 0.0067],
    total: 58,
  })
  expect(coverage('')).toEqual([])
})

test('memory/show, with facilities of several words', () => {
  expect(memory(said('memory-show'))).toEqual([
    ['idl-cells-Open_vSwitch', 870],
    ['ofconns', 5],
    ['ports', 14],
    ['revalidators', 1],
    ['rules', 3248],
    ['udpif keys', 168],
  ])
})

test('stopwatch/show, in seconds', () => {
  const all = stopwatches(said('stopwatch-show'))
  expect(all.map(({ name }) => name)).toEqual(['bfd-run', 'flow-installation', 'if-status-mgr-update'])
  expect(all[1]).toMatchObject({ samples: 47, max: 0.006, min: 0, p95: 0.001, shortAverage: 0 })
  expect(all[1]?.longAverage).toBeCloseTo(0.003849)
})

test('inc-engine/show-stats', () => {
  const all = engines(said('inc-engine-show-stats'))
  expect(all).toHaveLength(5)
  expect(all[3]).toEqual({ node: 'northd_options', recompute: 4, compute: 1, cancel: 0 })
})

test('dpctl/show, of the userspace datapath and of the kernel', () => {
  expect(datapaths(said('dpctl-show'))).toEqual([
    { name: 'netdev@ovs-netdev', hit: 3006, missed: 175, lost: 0, flows: 168 },
  ])
  const kernel = `system@ovs-system:
  lookups: hit:10 missed:2 lost:1
  flows: 3
  masks: hit:12 total:2 hit/pkt:1.00
  port 0: ovs-system (internal)
`
  expect(datapaths(kernel)).toEqual([
    {
      name: 'system@ovs-system',
      hit: 10,
      missed: 2,
      lost: 1,
      flows: 3,
      masks: { hit: 12, total: 2, perPacket: 1 },
    },
  ])
})

test('dpif/show', () => {
  const all = datapathPorts(said('dpif-show'))
  expect(all).toHaveLength(14)
  expect(all[1]).toEqual({
    datapath: 'netdev@ovs-netdev',
    bridge: 'br-int',
    name: 'ovn-chassi-0',
    ofport: '11',
    index: '13',
    type: 'geneve',
  })
  expect(all.at(-1)).toMatchObject({ bridge: 'br-phy', name: 'eth0', type: 'system' })
})

test('upcall/show', () => {
  expect(upcalls(said('upcall-show'))).toEqual([{ datapath: 'netdev@ovs-netdev', flows: 168, limit: 30000, dumpMs: 1 }])
})

test('threads: a PMD thread, and the main one where that is all there is', () => {
  const [pmd, main] = threads(said('pmd-perf-show'), said('pmd-stats-show'))
  expect(pmd).toMatchObject({ id: '1', numa: '0', core: '1', caches: { emc: 0, smc: 0, megaflow: 39, miss: 1 } })
  expect(pmd?.figures).toMatchObject({ rx_packets_total: 40, tx_batches_total: 80, upcalls_total: 1, lost_total: 0 })
  // Without DPDK its cycles are of no clock: 107 % of them idle.
  expect(pmd?.figures).not.toHaveProperty('cpu_utilization_ratio')
  expect(main).toMatchObject({ id: 'main', caches: { emc: 655, smc: 0, megaflow: 2518, miss: 175 } })
  expect(threads('', '')).toEqual([])
})

test('shares of cycles are told where they are shares', () => {
  const sane = said('pmd-perf-show')
    .replace(/\(107\.9 % of used/, '( 75.0 % of used')
    .replace(/\(\d+\.5 % of used/, '( 25.0 % of used')
    .replace(/\(175\d+\.\d % of used/, '( 25.0 % of used')
  expect(threads(sane, '')[0]?.figures.cpu_utilization_ratio).toBe(0.25)
})

test('cluster/status of a leader, of a follower, and of no cluster', () => {
  const leader = clusterStatus(said('cluster-status-leader'))
  expect(leader).toMatchObject({
    serverId: 'c94286a0-f86d-4b45-ae81-de948d68b460',
    clusterId: '19841bc8-7d4d-4a24-8c28-51b96a333df1',
    status: 'cluster member',
    role: 'leader',
    term: 2,
    leader: 'self',
    electionTimerMs: 1000,
    logLow: 2,
    logHigh: 36,
    inbound: ['e2f8', '20a0'],
    outbound: ['e2f8', '20a0'],
  })
  expect(leader?.peers).toEqual([
    { id: '20a0', address: 'tcp:172.20.0.4:6644', next: 36, match: 35 },
    { id: 'e2f8', address: 'tcp:172.20.0.3:6644', next: 36, match: 35 },
  ])
  const follower = clusterStatus(said('cluster-status-follower'))
  expect(follower?.role).toBe('follower')
  expect(follower?.peers.map(({ id }) => id)).not.toContain(follower?.serverId.slice(0, 4))
  expect(clusterStatus('"cluster/status" is not a valid command')).toBeUndefined()
})
