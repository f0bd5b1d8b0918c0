// A lab that runs.

import type { Armory } from './armory.ts'
import type { Answer } from './engine/console.ts'
import type { History } from './history.ts'
import type { Daemon } from './nodes/daemon.ts'
import type { Southbound } from './ovn/southbound.ts'
import type { Tap } from './patchbay/tap.ts'
import type { Wires } from './patchbay/wires.ts'
import type { Chance } from './random.ts'
import type { Duration } from './time.ts'
import type { Topology } from './topology/types.ts'

export type Lab = {
  /** Unique on the engine: 'two-vpcs-3f9c2a'. */
  readonly name: string
  readonly topology: Topology
  readonly history: History
  /** Aborted when the test that owns the lab is told to stop, or the run is. */
  readonly signal: AbortSignal | undefined
  /** Ends the run: every wait rejects with Aborted, and every fault heals at once. */
  readonly abort: (why: string) => void
  /** Of everything random in this run: `SEED=… npm test -- …` repeats it. */
  readonly seed: string
  /** Chance for one purpose, from the seed. */
  readonly random: (purpose: string) => Chance
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
  /** The daemons of a node, in the order they start. */
  readonly daemons: (node: string) => readonly Daemon[]
  /** Whether the node's container runs. */
  readonly alive: (node: string) => boolean
  /** Of a lab that outlives whoever breaks it: heals wait in there, and come by themselves. */
  readonly armory?: Armory
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
