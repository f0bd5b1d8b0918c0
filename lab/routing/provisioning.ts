// The way of a new subnet from the NB to its first packet: who did what, and when, each by its own stamp.

import type { Event, FlowRecord } from '../events.ts'
import { type History, ofKind } from '../history.ts'
import type { Named } from '../loss/window.ts'
import { recordsOf } from '../loss/window.ts'
import type { NbChangeEvent } from '../ovn/nb-change.ts'
import { workloadsOn } from '../topology/later.ts'
import type { Subnet, Topology, Vpc } from '../topology/types.ts'
import { announcementsTo } from './announcements.ts'

export type Milestone = {
  /** 'in the FIB of nat-gw-a-1' */
  readonly what: string
  /** Whose doing it is: 'northd'. */
  readonly by: string
  /** ns since the change began; none: it was never seen. */
  readonly afterNs: number | undefined
}

export type Provisioning = {
  /** When the client that changed the NB began, ns since the history's epoch. */
  readonly fromNs: number
  /** In the order in which one follows from the other; the port's binding goes on beside the route. */
  readonly milestones: readonly Milestone[]
  /** When the first probe of the flow got through, and the first answer to one: ns since the change began. */
  readonly packetNs: number | undefined
  readonly answerNs: number | undefined
  /** What both are known to, ns: the probe gap. */
  readonly boundNs: number
  /** The flow got through before the change already. */
  readonly early: boolean
}

type Line = Extract<Event, { kind: 'line' }>

/** When the first probe that entered at this time or later came out. */
function firstPassed({ inNs, outNs }: FlowRecord, fromNs: number): number | undefined {
  const i = inNs.findIndex((at, index) => at >= fromNs && outNs[index] !== null)
  return outNs[i] ?? undefined
}

const passedBefore = ({ outNs }: FlowRecord, ns: number) => outNs.some((at) => at !== null && at < ns)

/** What became of a subnet that was added; `of`: a flow from a workload on it. Nothing where no such change was recorded. */
export function provisioningOf(
  history: Pick<History, 'events'>,
  topology: Topology,
  { change, of }: { readonly change: Named; readonly of: Named },
): Provisioning | undefined {
  const made = ofKind(history, 'nb-change').find((event) => event.change === change.name)
  const found = made && subnetIn(topology, made)
  if (!made || !found) return undefined
  const { vpc, subnet } = found
  const { fromNs } = made.bracket
  const since = <E extends { readonly atNs: number }>(events: readonly E[], test: (event: E) => boolean) => {
    const first = events.find((event) => event.atNs >= fromNs && test(event))
    return first && first.atNs - fromNs
  }
  const lines = ofKind(history, 'line')
  const rows = ofKind(history, 'ovn')
  const routed = (line: Line, proto: string) =>
    line.stream === 'kernel' && new RegExp(`^(blackhole )?${subnet.cidr} .*proto ${proto}\\b`).test(line.line)
  const ports = new Set(workloadsOn(vpc, subnet).map(({ name }) => name))
  const gateways = vpc.nat.gateways.map(({ name }) => name)
  const heard = gateways.flatMap((name) => announcementsTo(history, topology, name))
  const flow = (direction: 'forward' | 'reverse') => recordsOf(history, of, direction)[0]
  const [forward, reverse] = [flow('forward'), flow('reverse')]
  const first = (record: FlowRecord | undefined) => {
    const at = record && firstPassed(record, fromNs)
    return at === undefined ? undefined : at - fromNs
  }
  return {
    fromNs,
    milestones: [
      { what: 'in the NB', by: 'ovn-nbctl', afterNs: made.bracket.toNs - fromNs },
      {
        what: 'Advertised_Route',
        by: 'northd',
        afterNs: since(
          rows,
          ({ table, action, row }) =>
            table === 'Advertised_Route' && action === 'insert' && row.ip_prefix === subnet.cidr,
        ),
      },
      {
        what: `in table of ${vpc.router}`,
        by: 'ovn-controller',
        afterNs: since(lines, (line) => routed(line, 'ovn')),
      },
      {
        what: 'announced',
        by: 'bgpd',
        afterNs: since(
          heard.toSorted((a, b) => a.atNs - b.atNs),
          (one) => one.prefix === subnet.cidr && one.refused === undefined,
        ),
      },
      ...gateways.map((name) => ({
        what: `in the FIB of ${name}`,
        by: 'zebra',
        afterNs: since(lines, (line) => line.node === name && routed(line, 'bgp')),
      })),
      {
        what: 'port up',
        by: 'ovn-controller',
        afterNs: since(
          rows,
          ({ table, row }) => table === 'Port_Binding' && ports.has(String(row.logical_port)) && row.up === true,
        ),
      },
    ],
    packetNs: first(forward),
    answerNs: first(reverse),
    boundNs: forward?.gapNs ?? 0,
    early: [forward, reverse].some((record) => record !== undefined && passedBefore(record, fromNs)),
  }
}

function subnetIn({ vpcs }: Topology, made: NbChangeEvent): { vpc: Vpc; subnet: Subnet } | undefined {
  for (const vpc of Object.values(vpcs)) {
    const subnet = vpc.subnets.find(({ name }) => name === made.subnet)
    if (subnet) return { vpc, subnet }
  }
  return undefined
}
