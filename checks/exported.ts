// Whether exporters tell the truth: what they count for a tenant is what the harness sent and the wire saw.

import type { FlowRecord } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { firstFrom, type Named, recordsOf, type Window } from '../lab/loss/window.ts'
import type { ExportedEvent } from '../lab/monitor/exported.ts'
import { type Percent, percent, toShare } from '../lab/percent.ts'
import { topologyIn } from '../lab/topology/event.ts'
import { nodeNamed, vpcOf } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'
import { type Check, type Part, together } from './verdict.ts'

export type Exported = {
  readonly tenant: string
  /** Every flow of probes that this tenant's workloads send or get in between. */
  readonly of: readonly Named[]
  /** Two scrapes. */
  readonly from: Named
  readonly to: Named
  /** How far off the exporters may be, of all that was sent: other packets of the same ports, ARP above all. */
  readonly within: Percent
  /**
   * Where probes were lost that the taps saw on their sender's link last: on that link, or inside the network, between the
   * switches, where taps see tunnels and no probes. By default on links.
   */
  readonly lostIn?: 'links' | 'network'
}

/** A probe on the wire: 14 bytes of Ethernet, 20 of IPv4, 8 of UDP, and 32 of its own (lab/image/stream.h). */
export const PROBE_FRAME = 74

/** When probes were received by the switch from their sender's link, and when sent into their receiver's. */
function atPorts({ inNs, outNs, reached = [] }: FlowRecord, lostIn: Exported['lostIn']) {
  let lost = 0
  const [rx, tx]: [number[], number[]] = [[], []]
  for (const [i, ns] of inNs.entries()) {
    const far = outNs[i] === null ? reached[lost++] : undefined
    if (far !== 'sender' || lostIn === 'network') rx.push(ns)
    if (far === undefined || far === 'receiver') tx.push(ns)
  }
  return { rx, tx }
}

const counted = (times: readonly number[], { fromNs, toNs }: Window) =>
  firstFrom(times, toNs) - firstFrom(times, fromNs)

/** At least and at most so many, as the instants of the scrapes are known to brackets. */
type Range = { readonly least: number; readonly most: number }

/** What lies between two scrapes of one chassis for sure, and what may. */
type Between = { readonly inner: Window; readonly outer: Window }

function between(first: readonly ExportedEvent[], last: readonly ExportedEvent[]): ReadonlyMap<string, Between> {
  const ends = new Map(last.map(({ node, bracket }) => [node, bracket]))
  return new Map(
    first.flatMap(({ node, bracket: begin }): [string, Between][] => {
      const end = ends.get(node)
      if (!end) return []
      const inner = { fromNs: begin.toNs, toNs: end.fromNs }
      return [[node, { inner, outer: { fromNs: begin.fromNs, toNs: end.toNs } }]]
    }),
  )
}

/** What this tenant's ports received and sent of these flows; nothing where one was never sent. */
function known(history: History, topology: Topology, claimed: Exported, scrapes: ReadonlyMap<string, Between>) {
  const { tenant, of, lostIn } = claimed
  const sums = { rx: { least: 0, most: 0 }, tx: { least: 0, most: 0 } }
  const count = (side: 'rx' | 'tx', node: string, times: readonly number[]) => {
    const at = scrapes.get(nodeNamed(topology, node).chassis ?? '')
    if (!at || vpcOf(topology, node)?.tenant !== tenant) return
    sums[side].least += counted(times, at.inner)
    sums[side].most += counted(times, at.outer)
  }
  for (const flow of of) {
    const started = ofKind(history, 'flow').find((event) => event.flow === flow.name || event.of === flow.name)
    if (!started) return undefined
    for (const direction of ['forward', 'reverse'] as const) {
      const ends = [started.from, started.to]
      const [sender = '', receiver = ''] = direction === 'forward' ? ends : ends.toReversed()
      for (const record of recordsOf(history, flow, direction)) {
        const { rx, tx } = atPorts(record, lostIn)
        count('rx', sender, rx)
        count('tx', receiver, tx)
      }
    }
  }
  return sums
}

/** Of the ports of a tenant's workloads; a gateway or a speaker is of no tier. */
const sum = (events: readonly ExportedEvent[], metric: string, tenant: string): number =>
  events
    .flatMap(({ samples }) => samples)
    .filter((each) => each.metric === metric && each.labels.tenant === tenant && each.labels.tier)
    .reduce((total, { value }) => total + value, 0)

/** How far off a value may be, as a share of all. */
type Tolerance = { readonly within: number; readonly all: number }

function part(what: string, value: number, { least, most }: Range, { within, all }: Tolerance): Part {
  const off = value < least ? least - value : Math.max(0, value - most)
  const share = all > 0 ? off / all : Number.POSITIVE_INFINITY
  const range = least === most ? `${least}` : `${least} to ${most}`
  return {
    is: all === 0 ? 'undecided' : share <= within ? 'upheld' : 'broken',
    text: `${value} ${what} exported, ${range} seen${off > 0 && all > 0 ? ` (${percent(share)} off)` : ''}`,
  }
}

/** Throws ScenarioError for what is no share. */
export function exported(options: Exported): Check {
  const { tenant, from, to, within } = options
  const subject = `packets and bytes exported of ${tenant} from ${from.name} to ${to.name}`
  const claim = `${subject} within ${within} of what was seen`
  const limit = toShare(within)
  return {
    claim,
    judge: (history) => {
      const topology = topologyIn(history)
      const at = (scrape: Named) => ofKind(history, 'exported').filter((event) => event.scrape === scrape.name)
      const [first, last] = [at(from), at(to)]
      if (!topology || first.length === 0 || first.length !== last.length)
        return { is: 'undecided', because: `${claim}, ${first.length} and ${last.length} exporters were asked` }
      const seen = known(history, topology, options, between(first, last))
      if (!seen) return { is: 'undecided', because: `${claim}, a flow was never sent` }
      const rise = (metric: string) =>
        sum(last, `ovs_interface_${metric}`, tenant) - sum(first, `ovs_interface_${metric}`, tenant)
      const { rx, tx } = seen
      const bytes = ({ least, most }: Range) => ({ least: least * PROBE_FRAME, most: most * PROBE_FRAME })
      const lost = { least: rx.least - tx.most, most: rx.most - tx.least }
      const [gotIn, gotOut] = [rise('rx_packets_total'), rise('tx_packets_total')]
      const of = ({ most }: Range) => ({ within: limit, all: most })
      const parts = [
        part('packets received', gotIn, rx, of(rx)),
        part('packets sent', gotOut, tx, of(tx)),
        part('packets lost in between', gotIn - gotOut, lost, of(rx)),
        part('bytes received', rise('rx_bytes'), bytes(rx), of(bytes(rx))),
        part('bytes sent', rise('tx_bytes'), bytes(tx), of(bytes(tx))),
      ]
      return together({ claim, subject, parts })
    },
  }
}
