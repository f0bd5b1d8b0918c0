// One way to break the lab, and what it takes to break it honestly: proved to bite, healed exactly.

import type { Bracket } from '../lab/events.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'

/** A value: building a fault touches nothing. */
export type Fault = {
  /** A noun phrase, so that reports can say "during …" and "after …": 'death of nat-gw-a-1'. */
  readonly name: string
  /** Nodes and links that may feel it: the declared blast radius. */
  readonly targets: readonly string[]
  /** All nodes that it can strike, where its targets are found only then. */
  readonly reach?: (topology: Topology) => readonly string[]
  /** How it ends by itself, where it does: 'after 2s'. Whether it does is told by `over` of what `apply` returns. */
  readonly ends?: string
  /** Throws ScenarioError for a target that the topology has not. Called before anything is touched. */
  readonly check: (lab: Pick<Lab, 'topology'>) => void
  /** Breaks the lab and returns how to put it back. All or nothing. */
  readonly apply: (lab: Lab) => Promise<Applied>
}

/** A fault in force: when it took hold, proof that it bites, and the way back. */
export type Applied = {
  /** Whom it struck, where that was found only then. */
  readonly targets?: readonly string[]
  /** The instant it took hold lies inside. */
  readonly bracket: Bracket
  /** Holds once the world shows the fault: a drop counter moved, a pid is gone, carrier is down. */
  readonly effective: Condition<Lab>
  /** Removes what the fault owns and nothing else; resolves with when it let go. */
  readonly heal: () => Promise<Bracket>
  /** Holds once the node or link serves again as before, after `heal`. */
  readonly restored: Condition<Lab>
  /**
   * Of a fault that ends by itself: resolves with when it last let go, also when `heal` ended it early.
   * Rejects when a strike of it did not bite or did not heal.
   */
  readonly over?: Promise<Bracket>
}
