import { expect, test } from 'vitest'
import { twoRegions } from '../../fixtures/index.ts'
import type { FlowRecord } from '../../lab/events.ts'
import { nodes } from '../../lab/topology/nodes.ts'
import { flowRecord } from '../testing/nat-failover.ts'
import { topology } from '../testing/topology.ts'
import { ticks } from './axis.ts'
import { band } from './band.ts'
import { stretches } from './bins.ts'
import { marksOf } from './marks.ts'
import { drawTopology } from './topology.ts'

test('a single lost probe among hundreds of thousands still has its stretch', () => {
  const numbers = Array.from({ length: 600_000 }, (_, i) => i)
  const inNs = numbers.map((i) => i * 1e6)
  const record: FlowRecord = {
    ...flowRecord('a', 'forward', []),
    numbers,
    inNs,
    outNs: inNs.map((ns, i) => (i === 300_001 ? null : ns)),
  }
  const drawn = stretches(record, { fromNs: 0, toNs: 600e9 }, 1000)
  expect(drawn.length).toBeLessThan(10)
  const [lossy] = drawn.filter(({ lost }) => lost > 0)
  expect(lossy).toMatchObject({ lost: 1 })
  expect(lossy?.fromNs).toBeLessThanOrEqual(300.001e9)
  expect(lossy?.toNs).toBeGreaterThan(300.001e9)
})

test('where nothing was sent, nothing is drawn', () => {
  const record = { ...flowRecord('a', 'forward', []), inNs: [0, 1e6, 900e6, 901e6], outNs: [1, 1, 1, 1] }
  expect(stretches(record, { fromNs: 0, toNs: 1e9 }, 100)).toHaveLength(2)
})

test('a stall of the sender inside a long outage is a gap, and not drawn as delivered', () => {
  const all = flowRecord('a', 'forward', [[12_000, 13_000]])
  const sent = all.inNs.map((ns) => ns < 12.4e9 || ns >= 12.45e9)
  const keep = <T>(values: readonly T[]) => values.filter((_, i) => sent[i])
  const record = { ...all, numbers: keep(all.numbers), inNs: keep(all.inNs), outNs: keep(all.outNs) }
  const { html } = band(record, { view: { fromNs: 11.9e9, toNs: 13.1e9 }, left: 0, width: 1200 }, 0)
  const [, delivered = ''] = /class="delivered" d="([^"]*)"/.exec(html) ?? []
  const spans = [...delivered.matchAll(/M([\d.]+) [\d.]+h([\d.]+)v/g)].map(([, x, w]) => [
    Number(x),
    Number(x) + Number(w),
  ])
  expect(spans).toHaveLength(2)
  expect(spans[0]?.[1]).toBeCloseTo(500, -1)
  expect(spans[1]?.[0]).toBeCloseTo(550, -1)
})

test.each([
  [{ fromNs: 0, toNs: 20e9 }, 0, ['0s', '2s', '20s']],
  [{ fromNs: 11.9e9, toNs: 12.4e9 }, 12e9, ['−100ms', '0', '+400ms']],
  [{ fromNs: 12e9, toNs: 14e9 }, 12e9, ['+200ms', '+1.2s', '+2s']],
])('the axis from %o since %d has round labels', (view, origin, wanted) => {
  const labels = ticks(view, 12, origin).map(({ label }) => label)
  for (const each of wanted) expect(labels).toContain(each)
  expect(labels.length).toBeLessThanOrEqual(13)
})

test('every node of a topology is drawn, by name', () => {
  const { html } = drawTopology(topology, [])
  const names = [
    ...Object.values(topology.vpcs).flatMap((vpc) => [
      vpc.router,
      ...[...vpc.workloads, ...vpc.nat.gateways].map(({ name }) => name),
    ]),
    ...topology.chassis.map(({ name }) => name),
    'internet',
    'central',
    'lr-transit',
  ]
  for (const name of names) expect(html).toContain(`>${name}</text>`)
  expect(html).not.toContain('struck"')
})

test.each([
  ['a node', 'nat-gw-a-1', '<rect class="box struck"'],
  ["a gateway's uplink", 'nat-gw-a-1:eth1', '<line class="wire struck"'],
  ["a chassis' way to the fabric", 'chassis-1:eth0', '<line class="wire struck"'],
  ['a workload', 'vpc-a-web-1', '<text class="struck"'],
])('%s that a fault struck is marked', (_, target, mark) => {
  const { html } = drawTopology(topology, [target])
  expect(html.split(mark)).toHaveLength(2)
  expect(html).toContain('class="bolt"')
})

test('of several regions each internet stands above its customers, and their links between', () => {
  const { html } = drawTopology(twoRegions, ['internet:region-2-1'])
  for (const { name } of nodes(twoRegions)) expect(html).toContain(`>${name}</text>`)
  expect(html).toContain('AS 64999 · 198.51.100.20')
  expect(html.split('<line class="wire struck"')).toHaveLength(2)
})

test('the control plane is marked by what it did', () => {
  const line = (stream: string, text: string) =>
    ({ atNs: 1, source: 'a', kind: 'line', node: 'a', stream, line: text }) as const
  const lanes = marksOf([
    line('frr', '2026/11/22 16:08:06 BGP: %ADJCHANGE: neighbor 10.0.255.254 in vrf default Down BFD down received'),
    line('frr', 'BFD: state-change: [peer:10.0.255.254] up -> down'),
    line('kernel', 'default nhid 10 via 10.0.255.253 dev spk-a table 1001 proto bgp metric 20'),
    line('', 'stat 1 forward 500 2402 0'),
    { atNs: 1, source: 'sb', kind: 'ovn', table: 'Port_Binding', action: 'new', row: {} },
    { atNs: 1, source: 'sb', kind: 'ovn', table: 'Port_Binding', action: 'initial', row: {} },
  ]).map(({ lane }) => lane)
  expect(lanes).toEqual(['BGP', 'BFD', 'routes', 'OVN'])
})
