// Histories of an outage with a known truth, for tests: what watchers would leave of a gateway's death, and what
// the taps would.

import type { Bracket, Event, EventBody } from '../events.ts'
import type { History } from '../history.ts'
import { connectivityIn } from '../loss/connectivity.ts'
import { death, MS, madeHistory, madeRecord, S, type Story, type Struck, users } from '../loss/made-history.ts'
import { stretchOf, type When } from '../loss/stretch.ts'
import type { Topology } from '../topology/types.ts'
import type { Stages } from './stage.ts'
import { stagesOf } from './stages.ts'

export type Outage = {
  readonly topology?: Topology
  readonly struck?: Struck
  readonly story?: Story
  readonly events?: readonly Event[]
}

/** An event so many ms after the fault, which strikes at 3 s. */
export const after = (ms: number, source: string, body: EventBody): Event => ({
  atNs: 3 * S + ms * MS,
  source,
  ...body,
})
const line = (ms: number, node: string, stream: string, text: string) =>
  after(ms, node, { kind: 'line', node, stream, line: text })

/** What a failover of VPC A's default leaves, in the words of the daemons. */
export const failover: readonly Event[] = [
  line(
    277,
    'chassis-1',
    'frr',
    'BFD: [SEY1D-NT8EQ] state-change: [mhop:no peer:10.0.255.254 local:10.0.255.2 vrf:default ifname:spk-a] up -> down reason:control-expired',
  ),
  line(
    278,
    'chassis-1',
    'frr',
    'BGP: [PXVXG-TFNNT] %ADJCHANGE: neighbor 10.0.255.254(nat-gw-a-1) in vrf default Down BGP Notification send',
  ),
  line(
    328,
    'chassis-1',
    'frr',
    'BGP: [N6CTF-2RSKS] 0.0.0.0/0(VRF default): After path selection, newbest is path 10.0.255.253 oldbest was 10.0.255.254',
  ),
  line(340, 'chassis-1', 'kernel', 'default nhid 14 via 10.0.255.253 dev spk-a table 1001 proto bgp metric 20 '),
  after(346, 'sb', {
    kind: 'ovn',
    table: 'Learned_Route',
    action: 'insert',
    row: { datapath: 'lr-vpc-a', ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.253' },
  }),
  after(347, 'sb', {
    kind: 'flow-table',
    layer: 'logical',
    changes: [{ datapath: 'lr-vpc-a', tables: ['lr_in_ip_routing'], added: 1, deleted: 1, modified: 0 }],
  }),
  after(349, 'chassis-1', {
    kind: 'flow-table',
    layer: 'openflow',
    changes: [{ datapath: '1001', tables: ['23'], added: 1, deleted: 1, modified: 0 }],
  }),
]

const DATAPATH: Event = {
  atNs: 0,
  source: 'sb',
  kind: 'ovn',
  table: 'Datapath_Binding',
  action: 'initial',
  row: { _uuid: 'd1', external_ids: { name: 'lr-vpc-a' }, tunnel_key: 1001 },
}

/** The history of an outage of VPC A's users, from 3 s on. */
export function madeOutage({ topology, struck, story = {}, events = [] }: Outage): History {
  const history = madeHistory([madeRecord({ gapNs: 2 * MS, ...story })], struck ?? { appliedNs: 3 * S })
  const put = ({ atNs, source, ...body }: Event) => history.record(source, body as EventBody, atNs)
  const ends = { from: 'vpc-a-web-1', to: 'internet', ratePps: 500 }
  put({ atNs: 0, source: 'traffic', kind: 'flow', flow: users.name, phase: 'started', ...ends })
  if (topology) put({ atNs: 0, source: 'lab', kind: 'topology', topology })
  put(DATAPATH)
  for (const event of events) put(event)
  return history
}

export type Told = Stages & { readonly outageNs: number }

/** Its stages, and the loss of connectivity period that they are to add up to. */
export function stagesIn(history: History, when: When = { during: death }): Told | undefined {
  const record = history.events.find((event) => event.kind === 'flow-record')
  if (record?.kind !== 'flow-record') throw new Error('no flow was recorded')
  const stretch = stretchOf(history, record, when)
  if (typeof stretch === 'string') throw new Error(stretch)
  const seen = connectivityIn(history, record, stretch)
  const stages = stagesOf(history, record, stretch, seen)
  return stages && { ...stages, outageNs: seen.outageNs }
}

/** What enters the wire so many ms after the fault is lost. */
export const lostMs = (...spans: readonly [from: number, to: number][]): { down: readonly Bracket[] } => ({
  down: spans.map(([from, to]) => ({ fromNs: 3 * S + from * MS, toNs: 3 * S + to * MS })),
})
