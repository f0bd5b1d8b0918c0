// A lab that runs.

import type { Answer } from './engine/console.ts'
import type { History } from './history.ts'
import type { Southbound } from './ovn/southbound.ts'
import type { Tap } from './patchbay/tap.ts'
import type { Wires } from './patchbay/wires.ts'
import type { Duration } from './time.ts'
import type { Topology } from './topology/types.ts'

export type Lab = {
  /** Unique on the engine: 'two-vpcs-3f9c2a'. */
  readonly name: string
  readonly topology: Topology
  readonly history: History
  /** Aborted when the test that owns the lab is told to stop. */
  readonly signal: AbortSignal | undefined
  /** Folder of this run's evidence, absolute. */
  readonly evidence: string
  readonly wires: Wires
  readonly southbound: Southbound
  /** The taps on all links, started when first asked for. */
  readonly tap: () => Promise<Tap>
  /** Runs bash text in a node. Rejects on a non-zero exit. */
  readonly run: (node: string, command: string, options?: { within?: Duration }) => Promise<Answer>
  /** The same, but a non-zero exit is an answer too. */
  readonly try: (node: string, command: string, options?: { within?: Duration }) => Promise<Answer>
  /** Kills every process of a node and removes its container; done when it is gone. */
  readonly kill: (node: string) => Promise<void>
  /** Brings a killed node back as new from its image and the topology: links, addresses, daemons. */
  readonly revive: (node: string) => Promise<void>
  /** Whether the node's container runs. */
  readonly alive: (node: string) => boolean
  /** Registers what must be undone when the lab ends, and returns a function that does it now. Done once. */
  readonly defer: (name: string, undo: () => Promise<void>) => () => Promise<void>
  /** Notes, once, what the lab looks like before its first fault; the lab is compared with that when it ends. */
  readonly noteBaseline: () => Promise<void>
  /** Something failed where nothing may be thrown, in a disposer: the lab tells it when it ends. */
  readonly blame: (what: string, error: unknown) => void
  /** Saves databases, flows, FRR state and logs now, once: called as soon as something failed. */
  readonly keepEvidence: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
