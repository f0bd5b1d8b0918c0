// A made-up run of a gateway's death, with the events that a real one has.

import type { Event, EventBody, FlowRecord } from '../../lab/events.ts'
import { labParameters, probeParameters } from '../../lab/measures/parameters.ts'
import type { Run } from '../run.ts'
import { topology } from './topology.ts'

const MS = 1e6
const DEATH = 'death of nat-gw-a-1'
const USERS = 'probe vpc-a-web-1 → internet'
const BYSTANDERS = 'probe vpc-b-web-1 → internet'

/** Probes at 1000/s from 9 s to 27 s; those that entered the wire inside one of `losses` (ms) are lost. */
export function flowRecord(
  flow: string,
  direction: 'forward' | 'reverse',
  losses: readonly (readonly [number, number])[],
): FlowRecord {
  const numbers = Array.from({ length: 18_000 }, (_, i) => i)
  const inNs = numbers.map((i) => (9000 + i + 0.2 * Math.sin(i)) * MS)
  const isLost = (ns: number) => losses.some(([from, to]) => ns >= from * MS && ns < to * MS)
  const victim = flow === USERS
  return {
    kind: 'flow-record',
    flow,
    direction,
    gapNs: MS,
    numbers,
    inNs,
    outNs: inNs.map((ns) => (isLost(ns) ? null : ns + 0.4 * MS)),
    duplicates: 0,
    sources: [{ address: victim ? '203.0.113.17' : '203.0.113.33', count: 17_500, firstNs: 9e9, lastNs: 26.9e9 }],
    paths: victim ? turns(inNs, losses) : [{ via: 'nat-gw-b-1', count: 18_000, firstNs: 9e9, lastNs: 26.9e9 }],
  }
}

/** By the active gateway up to the death, by the standby from then to its return at 25 s. */
function turns(inNs: readonly number[], losses: readonly (readonly [number, number])[]) {
  const lost = (ns: number) => losses.some(([from, to]) => ns >= from * MS && ns < to * MS)
  const edges = [9_000, 12_002, 25_002, 27_000]
  return ['nat-gw-a-1', 'nat-gw-a-2', 'nat-gw-a-1'].map((via, i) => {
    const its = inNs.filter((ns) => ns >= (edges[i] ?? 0) * MS && ns < (edges[i + 1] ?? 0) * MS && !lost(ns))
    return { via, count: its.length, firstNs: (its[0] ?? 0) + 0.4 * MS, lastNs: (its.at(-1) ?? 0) + 0.4 * MS }
  })
}

const at = (ms: number, source: string, body: EventBody): Event => ({ atNs: ms * MS, source, ...body })
const frr = (ms: number, node: string, line: string) => at(ms, node, { kind: 'line', node, stream: 'frr', line })
const kernel = (ms: number, node: string, line: string) => at(ms, node, { kind: 'line', node, stream: 'kernel', line })
const fault = (
  ms: number,
  phase: 'planned' | 'applied' | 'effective' | 'healing' | 'healed' | 'gone',
  proof?: string,
) =>
  at(ms, 'scenario', {
    kind: 'fault',
    fault: DEATH,
    phase,
    targets: ['nat-gw-a-1'],
    ...(proof ? { proof } : {}),
    ...(phase === 'applied' || phase === 'healed' ? { bracket: { fromNs: (ms - 0.2) * MS, toNs: ms * MS } } : {}),
  })
const waited = (ms: number, condition: string, saw: string, tookMs: number, held = true) =>
  at(ms, 'lab', { kind: 'waited', condition, held, saw, tookNs: tookMs * MS })
const flow = (ms: number, name: string, from: string, phase: 'started' | 'stopped', tenant: string) =>
  at(ms, 'scenario', { kind: 'flow', flow: name, phase, from, to: 'internet', ratePps: 1000, tenant })
const verdict = (claim: string, is: 'upheld' | 'broken' | 'undecided', measured: string) =>
  at(27_400, 'scenario', { kind: 'verdict', claim, is, measured })

const versions = { 'ovn-central': '25.03.0-1', 'openvswitch-switch': '3.5.0-1', frr: '10.3-1' }
const measured = (flow: string) =>
  probeParameters({ flow, flows: 1, ratePps: 1000, thresholdNs: 2e9, sustainedNs: 1e9 })

const start: readonly Event[] = [
  at(1900, 'lab', { kind: 'act', text: '18 containers', tookNs: 1850 * MS }),
  at(2700, 'lab', { kind: 'act', text: '24 links', tookNs: 690 * MS }),
  at(3100, 'central', {
    kind: 'ovn',
    table: 'Chassis',
    action: 'initial',
    row: { name: 'chassis-1', hostname: 'chassis-1' },
  }),
  at(4100, 'lab', { kind: 'act', text: 'daemons', tookNs: 1200 * MS }),
  at(5300, 'lab', {
    kind: 'command',
    node: 'central',
    command: 'ovn-nbctl --wait=sb sync',
    exit: 0,
    bracket: { fromNs: 5250 * MS, toNs: 5300 * MS },
  }),
  frr(
    6900,
    'nat-gw-a-1',
    '2026/11/22 15:45:14.900 BGP: [M59KS-A3ZXZ] %ADJCHANGE: neighbor 10.0.255.11 in vrf default Up',
  ),
  at(8500, 'lab', labParameters(topology, versions)),
  waited(8600, 'BGP Established on 12 sessions', '12 of 12', 3100),
  waited(8800, 'next hop of 0.0.0.0/0 on lr-vpc-a to be nat-gw-a-1', 'nat-gw-a-1', 40),
  at(8850, 'lab', { kind: 'act', text: 'ready', tookNs: 8850 * MS }),
]

const death: readonly Event[] = [
  flow(8950, USERS, 'vpc-a-web-1', 'started', 'tenant-1'),
  flow(8960, BYSTANDERS, 'vpc-b-web-1', 'started', 'tenant-2'),
  at(8970, 'traffic', measured(USERS)),
  at(8970, 'traffic', measured(BYSTANDERS)),
  at(10_000, 'vpc-a-web-1', {
    kind: 'generator',
    flow: USERS,
    direction: 'forward',
    sent: 1000,
    latestNs: 1.4 * MS,
    errors: 0,
  }),
  fault(11_990, 'planned'),
  fault(12_000, 'applied'),
  kernel(
    12_001,
    'internet',
    '[2026-11-22T15:45:20.001] 4: gw-a-1@if7: <NO-CARRIER,BROADCAST,MULTICAST,UP> state LOWERLAYERDOWN',
  ),
  frr(
    12_302,
    'chassis-1',
    'BFD: [SEY1D] state-change: [mhop:no peer:10.0.255.254 vrf:default] up -> down reason:control-expired',
  ),
  frr(
    12_303,
    'chassis-1',
    'BGP: [M59KS-A3ZXZ] %ADJCHANGE: neighbor 10.0.255.254 in vrf default Down BFD down received',
  ),
  frr(
    12_309,
    'internet',
    'BFD: [SEY1D] state-change: [mhop:no peer:203.0.113.68 vrf:default] up -> down reason:control-expired',
  ),
  fault(12_310, 'effective', 'no process of nat-gw-a-1 left'),
  kernel(12_322, 'chassis-1', '[2026-11-22T15:45:20.322] Deleted default via 10.0.255.254 proto bgp table 5'),
  at(12_341, 'central', {
    kind: 'ovn',
    table: 'Learned_Route',
    action: 'insert',
    row: { ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.253', datapath: ['uuid', '1d5a4a8e-0000'] },
  }),
  at(12_344, 'central', {
    kind: 'ovn',
    table: 'Learned_Route',
    action: 'delete',
    row: { ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.254' },
  }),
  at(12_350, 'central', {
    kind: 'ovn',
    table: 'Port_Binding',
    action: 'new',
    row: { logical_port: 'cr-lrp-vpc-a-nat', chassis: ['uuid', '9f3c2b7a-1111'], type: 'chassisredirect' },
  }),
  waited(12_412, 'next hop of 0.0.0.0/0 on lr-vpc-a to be nat-gw-a-2', 'nat-gw-a-2', 412),
  waited(12_430, `${USERS} to be answered`, '37 answers', 18),
]

const heal: readonly Event[] = [
  fault(18_000, 'healing'),
  fault(19_900, 'healed'),
  frr(24_800, 'chassis-1', 'BGP: [M59KS-A3ZXZ] %ADJCHANGE: neighbor 10.0.255.254 in vrf default Up'),
  waited(25_100, 'next hop of 0.0.0.0/0 on lr-vpc-a to be nat-gw-a-1', 'nat-gw-a-1', 5200),
  fault(27_300, 'gone'),
  flow(27_100, USERS, 'vpc-a-web-1', 'stopped', 'tenant-1'),
  flow(27_110, BYSTANDERS, 'vpc-b-web-1', 'stopped', 'tenant-2'),
]

const passing = [
  verdict(`outage of ${USERS} during ${DEATH} at most 1s`, 'upheld', '351.2ms ± 1.0ms'),
  verdict(`outage of ${USERS} after ${DEATH} at most 200ms`, 'upheld', '147ms ± 1.0ms'),
  verdict(`source of ${USERS} during ${DEATH} is 203.0.113.17`, 'upheld', '203.0.113.17 on 17500 probes'),
  verdict(`impairment of ${BYSTANDERS} is none`, 'upheld', '0 of 36000 probes lost'),
]

const failing = [
  verdict(`outage of ${USERS} during ${DEATH} at most 1s`, 'broken', 'was 3.42s ± 1.0ms'),
  ...passing.slice(2),
  verdict(`outage of ${USERS} after ${DEATH} at most 200ms`, 'undecided', 'saw 0 probes'),
]

/** The standby takes over after `outageMs`; the return costs 147 ms. */
export function natFailover({ outageMs = 351, broken = false } = {}): Run {
  const during = [12_000.2, 12_000 + outageMs] as const
  const record = (ms: number, body: FlowRecord) => at(ms, 'lab', body)
  return {
    scenario: 'nat-failover',
    epochMs: Date.UTC(2026, 10, 22, 15, 45, 8),
    events: [
      ...start,
      ...death,
      ...heal,
      record(27_200, flowRecord(USERS, 'forward', [during, [25_000, 25_147]])),
      record(27_200, flowRecord(USERS, 'reverse', [during])),
      record(27_210, flowRecord(BYSTANDERS, 'forward', [[15_300, 15_301]])),
      record(27_210, flowRecord(BYSTANDERS, 'reverse', [])),
      ...(broken ? failing : passing),
    ],
    topology,
    versions,
    files: broken ? ['evidence/capture.pcap', 'evidence/sb.dump', 'history.jsonl', 'topology.json'] : ['history.jsonl'],
  }
}
