import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import type { Event, EventBody } from '../events.ts'
import { placesOf } from './places.ts'
import { signalsIn } from './signals.ts'

const at = (atNs: number, source: string, body: EventBody): Event => ({ atNs, source, ...body })
const line = (atNs: number, node: string, stream: string, text: string) =>
  at(atNs, node, { kind: 'line', node, stream, line: text })
const row = (atNs: number, table: string, action: 'initial' | 'insert' | 'new' | 'delete', columns: object) =>
  at(atNs, 'sb', { kind: 'ovn', table, action, row: { ...columns } })

const there: readonly Event[] = [
  row(0, 'Chassis', 'initial', { _uuid: 'c1', name: 'chassis-1' }),
  row(0, 'Chassis', 'initial', { _uuid: 'c2', name: 'chassis-2' }),
  row(0, 'Datapath_Binding', 'initial', { _uuid: 'd1', external_ids: { name: 'lr-vpc-a' }, tunnel_key: 1001 }),
  row(0, 'Port_Binding', 'initial', { logical_port: 'cr-lrp-vpc-a-nat', chassis: 'c1', up: true }),
  at(0, 'chassis-2', { kind: 'tunnel', device: 'ovn-chassi-1', remote: '172.20.0.11', state: 'up' }),
]

const told = (...events: Event[]) => {
  const all = [...there, ...events]
  return signalsIn(all, { fromNs: 1, toNs: 1e9 }, placesOf(twoVpcs, all)).map(({ step, node, text }) => [
    step,
    node,
    text,
  ])
}

test('a carrier that goes and comes', () => {
  const link = (atNs: number, flags: string) =>
    line(atNs, 'nat-gw-a-1', 'kernel', `3: eth1@if21: <${flags}> mtu 1500 qdisc noqueue state DOWN`)
  expect(told(link(5, 'NO-CARRIER,BROADCAST,UP'), link(6, 'BROADCAST,UP,LOWER_UP'))).toEqual([
    ['link', 'nat-gw-a-1', 'carrier of eth1 lost'],
    ['link', 'nat-gw-a-1', 'carrier of eth1 up'],
  ])
})

test('a route that BGP brought into a kernel, and no other', () => {
  expect(
    told(
      line(5, 'chassis-1', 'kernel', 'default nhid 14 via 10.0.255.253 dev spk-a table 1001 proto bgp metric 20 '),
      line(6, 'internet', 'kernel', 'Deleted 203.0.113.17 nhid 16 via 100.64.2.2 dev to-a-2 proto bgp metric 20 '),
      line(7, 'chassis-1', 'kernel', 'blackhole 10.0.1.0/24 table 1001 proto ovn metric 1000 '),
      line(8, 'chassis-1', 'kernel', '172.20.0.0/24 dev br-phy proto kernel scope link src 172.20.0.11 '),
    ),
  ).toEqual([
    ['route', 'chassis-1', 'kernel route to 0.0.0.0/0 via nat-gw-a-2'],
    ['route', 'internet', 'no kernel route to 203.0.113.17/32'],
  ])
})

test('a tunnel that BFD gives up, by its far end, and when ovn-controller is told', () => {
  const log = (state: string) =>
    `bfd(monitor5)|INFO|ovn-chassi-1: BFD state change: (bfd.SessionState: up, bfd.LocalDiag: "No Diagnostic") -> (bfd.SessionState: ${state}, bfd.LocalDiag: "x")`
  expect(
    told(
      line(5, 'chassis-2', 'ovs', log('down')),
      at(6, 'chassis-2', { kind: 'tunnel', device: 'ovn-chassi-1', remote: '172.20.0.11', state: 'down' }),
      line(7, 'chassis-2', 'ovs', log('init')),
      at(8, 'chassis-2', { kind: 'tunnel', device: 'ovn-chassi-1', remote: '172.20.0.11', state: 'init' }),
    ),
  ).toEqual([
    ['tunnel', 'chassis-2', 'tunnel BFD with chassis-1 down'],
    ['tunnel-told', 'chassis-2', 'tunnel BFD with chassis-1 down, told to ovn-controller'],
  ])
})

test('a gateway port that moves: claimed, bound, and once only', () => {
  expect(
    told(
      line(
        5,
        'chassis-2',
        'ovs',
        'binding|INFO|Changing chassis for lport cr-lrp-vpc-a-nat from chassis-1 to chassis-2.',
      ),
      line(5, 'chassis-2', 'ovs', 'binding|INFO|cr-lrp-vpc-a-nat: Claiming 00:00:00:01:ff:01 10.0.255.1/24'),
      line(5, 'chassis-2', 'ovs', 'binding|INFO|Claiming lport cr-ls-vpc-a-nat-to-lr-vpc-a for this chassis.'),
      row(6, 'Port_Binding', 'new', { logical_port: 'cr-lrp-vpc-a-nat', chassis: 'c2', up: true }),
      row(6, 'Port_Binding', 'new', { logical_port: 'cr-ls-vpc-a-nat-to-lr-vpc-a', chassis: 'c2', up: true }),
      row(7, 'Port_Binding', 'new', { logical_port: 'cr-lrp-vpc-a-nat', chassis: 'c2', up: false }),
      line(8, 'chassis-2', 'ovs', 'binding|INFO|Releasing lport cr-lrp-vpc-a-nat from this chassis (sb_readonly=0)'),
    ),
  ).toEqual([
    ['claim', 'chassis-2', 'claimed cr-lrp-vpc-a-nat'],
    ['binding', 'SB', 'cr-lrp-vpc-a-nat bound to chassis-2'],
    ['claim', 'chassis-2', 'released cr-lrp-vpc-a-nat'],
  ])
})

test('of a route that is replaced in one transaction the new one is told last, with the chassis that learned it', () => {
  const route = { datapath: 'd1', ip_prefix: '0.0.0.0/0' }
  const all = [
    ...there,
    row(5, 'Learned_Route', 'insert', { ...route, nexthop: '10.0.255.253' }),
    row(5, 'Learned_Route', 'delete', { ...route, nexthop: '10.0.255.254' }),
  ]
  const signals = signalsIn(all, { fromNs: 1, toNs: 9 }, placesOf(twoVpcs, all))
  expect(signals).toMatchObject([
    { text: 'forgot 0.0.0.0/0 via nat-gw-a-1', gone: true },
    { text: 'learned 0.0.0.0/0 via nat-gw-a-2', vpc: 'vpc-a', peer: 'chassis-1' },
  ])
})

test('rules are told of the VPC whose datapaths they are of, when the last of a burst is there', () => {
  const change = { added: 1, deleted: 1, modified: 0 }
  const all = [
    ...there,
    at(5, 'sb', {
      kind: 'flow-table',
      layer: 'logical',
      changes: [{ datapath: 'lr-vpc-a', tables: ['lr_in_ip_routing'], ...change }],
    }),
    at(6, 'chassis-1', {
      kind: 'flow-table',
      layer: 'openflow',
      lastNs: 8,
      changes: [
        { datapath: '1001', tables: ['23'], ...change },
        { datapath: '77', tables: ['23'], ...change },
      ],
    }),
  ]
  expect(signalsIn(all, { fromNs: 1, toNs: 9 }, placesOf(twoVpcs, all))).toMatchObject([
    { step: 'logical-flows', by: 'northd', vpc: 'vpc-a', text: '1 logical flow of lr-vpc-a in lr_in_ip_routing' },
    { step: 'openflow', node: 'chassis-1', atNs: 8, text: '1 OpenFlow rule of lr-vpc-a in table 23' },
  ])
})

test('the names that reports put in place of identifiers are read as well', () => {
  expect(
    told(row(5, 'Learned_Route', 'insert', { datapath: 'lr-vpc-a', ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.253' })),
  ).toEqual([['learned-route', 'SB', 'learned 0.0.0.0/0 via nat-gw-a-2']])
})

test("OVN's own BFD is told by the SB, once it is up or down", () => {
  const session = (status: string) =>
    row(5, 'BFD', 'new', { logical_port: 'lrp-vpc-a-nat', dst_ip: '10.0.255.254', status })
  expect(told(session('down'))).toEqual([['bfd', 'SB', 'BFD of OVN with nat-gw-a-1 down']])
  expect(told(session('init'))).toEqual([])
})

test('a heal may have happened at any time of its bracket', () => {
  const all = [
    at(9, 'chaos', { kind: 'fault', fault: 'x', phase: 'healed', targets: ['a'], bracket: { fromNs: 5, toNs: 9 } }),
  ]
  expect(signalsIn(all, { fromNs: 1, toNs: 9 }, placesOf(twoVpcs, all))).toMatchObject([
    { step: 'healed', atNs: 5, resolutionNs: 4, text: 'x healed' },
  ])
})

test('a route that is learned in the transaction that moves the port is learned by the chassis that has it then', () => {
  const all = [
    ...there,
    row(5, 'Learned_Route', 'insert', { datapath: 'd1', ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.253' }),
    row(5, 'Port_Binding', 'new', { logical_port: 'cr-lrp-vpc-a-nat', chassis: 'c2', up: true }),
  ]
  expect(signalsIn(all, { fromNs: 1, toNs: 9 }, placesOf(twoVpcs, all))).toMatchObject([
    { step: 'binding', peer: 'chassis-2' },
    { step: 'learned-route', peer: 'chassis-2' },
  ])
})
