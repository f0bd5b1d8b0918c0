// What a scenario would do, noted in place of being done: in its own order, in its own words.

import type { Duration } from '../time.ts'

/** A fault that would be injected. */
export type Break = {
  readonly does: 'break'
  readonly fault: string
  /** All nodes that it can strike. */
  readonly strikes: readonly string[]
  /** The declared blast radius, nodes and tenants; none where nothing is declared. */
  readonly confinedTo?: readonly string[]
  /** How it ends by itself, 'after 2s'. */
  readonly ends?: string
  /** Conditions that end the run while it is in force. */
  readonly abortIf: readonly string[]
  readonly effectiveWithin: Duration
  readonly restoredWithin: Duration
}

export type Step =
  | { readonly does: 'start'; readonly topology: string; readonly nodes: number; readonly links: number }
  | { readonly does: 'send'; readonly traffic: string }
  | { readonly does: 'stop'; readonly traffic: string }
  | { readonly does: 'attempt'; readonly attempts: number; readonly from: number }
  | { readonly does: 'run'; readonly node: string; readonly command: string }
  | { readonly does: 'wait'; readonly condition: string; readonly within: Duration }
  | Break
  | { readonly does: 'change'; readonly fault: string; readonly to: string }
  | { readonly does: 'heal'; readonly fault: string }
  | { readonly does: 'judge'; readonly claims: readonly string[] }

export type Plan = {
  readonly steps: readonly Step[]
  readonly note: (step: Step) => void
}

export function newPlan(): Plan {
  const steps: Step[] = []
  return { steps, note: (step) => void steps.push(step) }
}
