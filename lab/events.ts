// What can stand in a history. Times are nanoseconds since the history's epoch, on the host's
// CLOCK_REALTIME, which every container shares.

import type { ClockEvent, StallEvent, StealEvent } from './machine-events.ts'
import type { ParametersEvent } from './measures/parameters.ts'
import type { ExportedEvent } from './monitor/exported.ts'
import type { SeriesEvent } from './monitor/series.ts'
import type { NbChangeEvent } from './ovn/nb-change.ts'
import type { TopologyEvent } from './topology/event.ts'
import type { Told, TrafficEvent, TrafficUnit } from './traffic/events.ts'
import type { TrafficRecord } from './traffic/record.ts'
import type { FlowTableEvent } from './watch/flow-table.ts'
import type { TunnelEvent } from './watch/tunnel.ts'

/** Between two instants; the truth lies somewhere inside. */
export type Bracket = { readonly fromNs: number; readonly toNs: number }

/** A step of the lab's or the scenario's own story, for progress and reports. */
export type Act = { readonly kind: 'act'; readonly text: string; readonly tookNs?: number }

/** Something waited for: it held, or the wait ran out. */
export type Waited = {
  readonly kind: 'waited'
  readonly condition: string
  readonly held: boolean
  /** What was last seen, 'nat-gw-a-1 (BFD up)'. */
  readonly saw: string
  readonly tookNs: number
}

export type FaultPhase = 'planned' | 'applied' | 'effective' | 'changed' | 'healing' | 'healed' | 'gone'

/** A fault moves on. `applied`, `changed` and `healed` carry the bracket of the instant it took hold, changed or let go. */
export type FaultEvent = {
  readonly kind: 'fault'
  /** 'death of nat-gw-a-1' */
  readonly fault: string
  readonly phase: FaultPhase
  readonly targets: readonly string[]
  readonly bracket?: Bracket
  /** Proof, for `effective`: '37 packets dropped at nat-gw-a-1:eth1'. */
  readonly proof?: string
}

export type Direction = 'forward' | 'reverse'

/** A flow starts or stops. */
export type FlowEvent = {
  readonly kind: 'flow'
  /** 'probe vpc-a-web-1 → internet'; of several in one stream 'probe vpc-a-web-1 → internet #3'. */
  readonly flow: string
  /** The stream it is one of several flows of: 'probe vpc-a-web-1 → internet'. */
  readonly of?: string
  readonly phase: 'started' | 'stopped'
  readonly from: string
  readonly to: string
  /** Probes asked for, each second and direction. */
  readonly ratePps: number
  readonly tenant?: string
}

/** What the sender says of itself, once a second. */
export type GeneratorEvent = {
  readonly kind: 'generator'
  readonly flow: string
  readonly direction: Direction
  readonly sent: number
  /** How late the latest probe of this second left, against its schedule. */
  readonly latestNs: number
  /** Refusals by the sender's own stack. */
  readonly errors: number
}

/**
 * Every probe of a flow in one direction, as the taps saw it, in sending order. Index i of each
 * list is one probe. Written once, when the flow stops.
 */
export type FlowRecord = {
  readonly kind: 'flow-record'
  /** As its FlowEvents call it. */
  readonly flow: string
  /** The stream it is one of several flows of. */
  readonly of?: string
  readonly direction: Direction
  readonly gapNs: number
  /** The sender's numbers; a number missing here never reached the wire. */
  readonly numbers: readonly number[]
  /** When each entered the wire at the sender's link. */
  readonly inNs: readonly number[]
  /** When each left the wire at the receiver's link; null: lost. */
  readonly outNs: readonly (number | null)[]
  /** Of each lost one, in sending order: when it was last seen on a link. */
  readonly lastSeenNs?: readonly number[]
  /** Of each lost one, how far it came: its sender's link only, further on, or into its receiver's link. */
  readonly reached?: readonly ('sender' | 'way' | 'receiver')[]
  /** Of those that came further than their sender's link, in sending order, where they were last seen: one entry for each unbroken run. */
  readonly lostOn?: readonly {
    readonly from: string
    readonly to: string
    readonly count: number
    readonly firstNs: number
    readonly lastNs: number
  }[]
  /** Further copies of probes that had already arrived. */
  readonly duplicates: number
  /** Written while the flow ran: probes that were overdue and may yet pass. They and all after them are left out. */
  readonly overdue?: number
  /** When each of those arrived; without it, nobody knows. */
  readonly duplicateNs?: readonly number[]
  /** When those of the lost entered that did arrive, but after the forwarding delay threshold. */
  readonly lateInNs?: readonly number[]
  /** Source addresses seen at the receiver's link: one entry for each unbroken run of arrivals, in order. */
  readonly sources: readonly {
    readonly address: string
    readonly count: number
    readonly firstNs: number
    readonly lastNs: number
  }[]
  /** The node that last handed them on, which gateway: one entry for each unbroken run of arrivals, in order. */
  readonly paths: readonly {
    readonly via: string
    readonly count: number
    readonly firstNs: number
    readonly lastNs: number
  }[]
}

/** A command run in a node. Recorded when it changes something or fails. */
export type CommandEvent = {
  readonly kind: 'command'
  readonly node: string
  readonly command: string
  readonly exit: number
  readonly bracket: Bracket
}

/** A row of the SB changed. */
export type OvnEvent = {
  readonly kind: 'ovn'
  readonly table: string
  readonly action: 'initial' | 'insert' | 'old' | 'new' | 'delete'
  readonly row: Readonly<Record<string, unknown>>
}

/** A line that a daemon or the kernel wrote: FRR's log, `ip monitor`. */
export type LineEvent = { readonly kind: 'line'; readonly node: string; readonly stream: string; readonly line: string }

/** One cell of a reachability matrix: what was tried, what came back. */
export type AttemptEvent = {
  readonly kind: 'attempt'
  readonly from: string
  readonly to: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly port?: number
  readonly outcome: 'answered' | 'refused' | 'silent'
  /** What the client printed, or the source address that the far end saw. */
  readonly saw: string
  /** When it was begun, with others. */
  readonly sinceNs: number
}

/** A number of a report, with how far off it can be. */
export type Measure = {
  /** As terms name it: 'loss_of_connectivity_period'. */
  readonly name: string
  readonly value: number
  readonly unit: 'ns' | 'packets' | 'periods' | 'pps' | 'pairs' | TrafficUnit
  /** The truth lies within value ± resolution; without it, the value is exact, or a lower limit. */
  readonly resolution?: number
  readonly flow?: string
  readonly direction?: Direction
}

/** A claim was judged. */
export type VerdictEvent = {
  readonly kind: 'verdict'
  readonly claim: string
  readonly is: 'upheld' | 'broken' | 'undecided'
  /** What was measured, with its resolution, or why it could not be told. */
  readonly measured: string
  readonly measures?: readonly Measure[]
}

export type EventBody =
  | Act
  | Waited
  | FaultEvent
  | FlowEvent
  | GeneratorEvent
  | StallEvent
  | ClockEvent
  | StealEvent
  | FlowRecord
  | CommandEvent
  | OvnEvent
  | NbChangeEvent
  | LineEvent
  | AttemptEvent
  | VerdictEvent
  | ParametersEvent
  | FlowTableEvent
  | TunnelEvent
  | TopologyEvent
  | TrafficEvent
  | Told
  | TrafficRecord
  | SeriesEvent
  | ExportedEvent

export type Event = EventBody & {
  /** When it happened, ns since the history's epoch. */
  readonly atNs: number
  /** Who says so: 'lab', 'scenario', 'chassis-1', 'patchbay'. */
  readonly source: string
}
