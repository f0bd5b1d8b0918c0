import { expect, test } from 'vitest'
import { twoVpcsGrowing } from '../fixtures/two-vpcs-growing.ts'
import { bothWays, MS, madeHistory, S } from '../lab/loss/made-history.ts'
import { provisioned } from './provisioned.ts'

const users = { name: 'probe vpc-a-new-1 → internet' }
const change = { name: 'addition of ls-vpc-a-new' }
const prefix = '10.0.5.0/24'

type Made = { readonly answeredNs?: number; readonly without?: string; readonly changed?: boolean }

/** The NB is changed at 5 s, which takes 40 ms; each step takes 10 ms more. */
function judge(within: `${number}ms`, { answeredNs = 5 * S + 200 * MS, without, changed = true }: Made = {}) {
  const history = madeHistory(bothWays({ flow: users.name, down: [{ fromNs: 0, toNs: answeredNs }] }))
  history.record('lab', { kind: 'topology', topology: twoVpcsGrowing })
  const bracket = { fromNs: 5 * S, toNs: 5 * S + 40 * MS }
  if (changed)
    history.record('scenario', { kind: 'nb-change', change: change.name, subnet: 'ls-vpc-a-new', bracket }, 5 * S)
  const line = (node: string, stream: string, text: string, ms: number) =>
    text !== without && history.record(node, { kind: 'line', node, stream, line: text }, 5 * S + ms * MS)
  const row = (table: string, columns: Readonly<Record<string, unknown>>, ms: number) =>
    table !== without && history.record('sb', { kind: 'ovn', table, action: 'insert', row: columns }, 5 * S + ms * MS)
  row('Advertised_Route', { ip_prefix: prefix }, 50)
  row('Port_Binding', { logical_port: 'vpc-a-new-1', up: true }, 120)
  line('chassis-1', 'kernel', `blackhole ${prefix} table 1001 proto ovn metric 1000`, 60)
  line('nat-gw-a-1', 'frr', `BGP: 10.0.255.2(speaker-a-1) rcvd ${prefix} IPv4 unicast`, 70)
  line('nat-gw-a-1', 'kernel', `${prefix} nhid 12 via 10.0.255.1 dev eth0 proto bgp metric 20`, 80)
  line('nat-gw-a-2', 'kernel', `${prefix} via 10.0.255.1 dev eth0 proto bgp metric 20`, 90)
  return provisioned({ by: change, of: users, within }).judge(history)
}

test('each step on the way is told by its own stamp, with whose doing it is', () => {
  const verdict = judge('400ms')
  expect(verdict).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining(
      '201ms ± 4.0ms, first packet out +201ms; in the NB +40.0ms (ovn-nbctl), Advertised_Route +50.0ms (northd), in table of lr-vpc-a +60.0ms (ovn-controller), announced +70.0ms (bgpd), in the FIB of nat-gw-a-1 +80.0ms (zebra), in the FIB of nat-gw-a-2 +90.0ms (zebra), port up +120ms (ovn-controller)',
    ),
  })
  expect(verdict.measures).toContainEqual({
    name: 'time_to_first_answer',
    value: 201 * MS,
    unit: 'ns',
    resolution: 4 * MS,
    flow: users.name,
  })
})

test.each([
  ['broken where the answer comes too late', '100ms', {}, 'broken', /within 100ms, was 201ms ± 4\.0ms/],
  ['undecided where the limit lies within the gap of the probes', '202ms', {}, 'undecided', /within 202ms/],
  ['broken where nothing is ever answered', '400ms', { answeredNs: 60 * S }, 'broken', /was never; in the NB \+40/],
  ['undecided where it was answered before', '400ms', { answeredNs: S }, 'undecided', /it got through before/],
  [
    'undecided where nobody changed anything',
    '400ms',
    { changed: false },
    'undecided',
    /no addition of .* was recorded/,
  ],
  [
    'undecided where a step left no evidence',
    '400ms',
    { without: 'Advertised_Route' },
    'undecided',
    /nobody saw it Advertised_Route/,
  ],
] as const)('it is %s', (_, within, made, is, because) => {
  expect(judge(within, made)).toMatchObject({ is, because: expect.stringMatching(because) })
})
