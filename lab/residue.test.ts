import { expect, test } from 'vitest'
import { oneVpc } from '../fixtures/one-vpc.ts'
import { newHistory } from './history.ts'
import { askNbRows } from './ovn/nb-rows.ts'
import { difference, residue, snapshot } from './residue.ts'
import type { Lab } from './types.ts'

type Seen = {
  readonly says?: Readonly<Record<string, string>>
  readonly dead?: readonly string[]
  readonly bound?: string
  readonly rules?: readonly string[]
  /** What its NB answers. */
  readonly nb?: string
}

/** An answer for each table, of a database that holds no rows. */
const noRows = JSON.stringify(Array.from({ length: 99 }, () => ({ rows: [] })))

/** A lab that says this when its nodes are looked at. */
function seen({ says = {}, dead = [], bound = 'c1', rules = [], nb = noRows }: Seen = {}): Lab {
  const tables: Record<string, object[]> = {
    Chassis: [
      { _uuid: 'c1', name: 'chassis-1' },
      { _uuid: 'c2', name: 'chassis-2' },
    ],
    Port_Binding: [{ logical_port: 'cr-lrp-vpc-a-nat', chassis: bound, up: true }],
  }
  const lab = {
    topology: oneVpc,
    history: newHistory(),
    wires: { rules: { written: async () => rules } },
    alive: (node: string) => !dead.includes(node),
    try: async (node: string, command: string) => ({ out: command.includes(askNbRows) ? nb : (says[node] ?? '') }),
    southbound: { rows: (table: string) => tables[table] ?? [] },
  }
  return lab as unknown as Lab
}

const changes = async (before: Seen, now: Seen) => difference(await snapshot(seen(before)), await snapshot(seen(now)))
const at = (node: string, text: string): Seen => ({ says: { [node]: text } })

test.each([
  ['a route', 'nat-gw-a-1', '192.0.2.0/24 via 10.0.255.1 dev eth0'],
  ['a rule of the firewall', 'vpc-a-web-1', 'ip saddr 10.0.2.0/24 counter drop'],
  ['a qdisc', 'patchbay', 'qdisc netem 8001: dev w3a root refcnt 2 limit 1000 delay 10ms'],
  ['a process', 'chassis-1', 'tcpdump'],
])('%s that was left behind is seen', async (_, node, line) => {
  expect(await changes({}, at(node, `${line}\n`))).toEqual([`+ ${node}: ${line}`])
})

test('what is missing is seen, and what came instead', async () => {
  const found = await changes(at('nat-gw-a-1', 'default via 100.64.1.1 dev eth1'), at('nat-gw-a-1', 'default dev eth0'))
  expect(found).toEqual(['+ nat-gw-a-1: default dev eth0', '- nat-gw-a-1: default via 100.64.1.1 dev eth1'])
})

test('one more of the same is a difference', async () => {
  expect(await changes(at('chassis-1', 'drop\n'), at('chassis-1', 'drop\ndrop\n'))).toEqual([
    '+ chassis-1: drop (2 times)',
    '- chassis-1: drop',
  ])
})

test('a thing made anew is the same thing', async () => {
  const before =
    '7: eth0@if6: <UP> mtu 1400 link/ether 02:00:00:01:ff:fe brd ff:ff:ff:ff:ff:ff link-netnsid 0\n10.0.1.0/24 nhid 12 via 10.0.255.1 dev eth0'
  const now =
    '9: eth0@if11: <UP> mtu 1400 link/ether 02:00:00:01:ff:fe brd ff:ff:ff:ff:ff:ff link-netnsid 1\n10.0.1.0/24 nhid 31 via 10.0.255.1 dev eth0'
  expect(await changes(at('nat-gw-a-1', before), at('nat-gw-a-1', now))).toEqual([])
})

test('a port is the same whatever bears the index of its peer, which is elsewhere', async () => {
  const before = '31: m2@w5a: <BROADCAST,UP> mtu 1500 master management'
  const now = '77: m2: <BROADCAST,UP> mtu 1500 master management'
  expect(await changes(at('patchbay', before), at('patchbay', now))).toEqual([])
})

test('a node that does not run is seen', async () => {
  const found = await changes(at('nat-gw-a-1', 'eth0'), { ...at('nat-gw-a-1', 'eth0'), dead: ['nat-gw-a-1'] })
  expect(found).toEqual(['+ nat-gw-a-1: not running', '- nat-gw-a-1: eth0'])
})

test('a port that is bound elsewhere is seen', async () => {
  expect(await changes({ bound: 'c1' }, { bound: 'c2' })).toEqual([
    '+ SB: cr-lrp-vpc-a-nat bound to chassis-2, up',
    '- SB: cr-lrp-vpc-a-nat bound to chassis-1, up',
  ])
})

test('a rule on the wire that was left behind is seen', async () => {
  expect(await changes({}, { rules: ['2 at w4a'] })).toEqual(['+ patchbay: rules on the wire: 2 at w4a'])
})

test('a lab that is as before left nothing', async () => {
  const lab = seen(at('nat-gw-a-1', 'default via 100.64.1.1'))
  expect(await residue(lab, await snapshot(lab))).toBeUndefined()
})

test('a lab whose NB said nothing is not known to be as before', async () => {
  const lab = seen({ nb: '' })
  expect(await residue(lab, await snapshot(lab))).toBe(
    'central: the NB does not answer, so that nobody knows how it was before the first fault',
  )
})
