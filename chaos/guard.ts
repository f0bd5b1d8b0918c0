// What keeps a fault from hurting more than it was meant to: where it may strike, and what ends it.

import { Aborted, ScenarioError } from '../lab/errors.ts'
import { alternatives } from '../lab/topology/alternatives.ts'
import { nodeNamed, nodes } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import { type Condition, waitFor } from '../lab/until.ts'
import type { Fault } from './fault.ts'

/** Where faults may strike: these nodes, and all nodes of these tenants. Everything else is out of bounds. */
export type BlastRadius = { readonly nodes?: readonly string[]; readonly tenants?: readonly string[] }

export type Guard = {
  /** Refuses a fault that may strike elsewhere, before it does. */
  readonly within?: BlastRadius
  /** Heals everything and ends the run as aborted when one of them holds while the fault is in force. */
  readonly abortIf?: Condition<Lab> | readonly Condition<Lab>[]
}

function allowed(topology: Topology, { nodes: names = [], tenants = [] }: BlastRadius): Set<string> {
  const known = [...new Set(Object.values(topology.vpcs).map(({ tenant }) => tenant))]
  for (const tenant of tenants)
    if (!known.includes(tenant))
      throw new ScenarioError(`no tenant '${tenant}' in ${topology.name}; it has ${alternatives(tenant, known)}`)
  const theirs = nodes(topology).filter(({ vpc }) => vpc && tenants.includes(vpc.tenant))
  return new Set([...names.map((name) => nodeNamed(topology, name).name), ...theirs.map(({ name }) => name)])
}

/** Nodes that a fault can strike: those that it names, or all that its target can be. */
export const reach = (fault: Fault, topology: Topology): readonly string[] => fault.reach?.(topology) ?? fault.targets

/** Throws ScenarioError for a fault that can strike outside. */
export function assertWithin(topology: Topology, fault: Fault, radius: BlastRadius): void {
  const inside = allowed(topology, radius)
  const outside = reach(fault, topology).filter((node) => !inside.has(node))
  if (outside.length === 0) return
  const declared = [...(radius.nodes ?? []), ...(radius.tenants ?? [])].join(', ')
  throw new ScenarioError(
    `${fault.name} may strike ${outside.join(', ')}, outside the declared blast radius: ${declared || 'nothing'}`,
  )
}

/** How often the conditions are looked at: the damage that one more look allows. */
const EVERY = '100ms'
/** Longer than any run. */
const ALWAYS = '1440min'

/** Watches until told to stop; aborts the run when one holds, or when it cannot be told any more. */
export function watch(lab: Lab, fault: string, conditions: readonly Condition<Lab>[]): () => void {
  const over = new AbortController()
  const signal = lab.signal ? AbortSignal.any([lab.signal, over.signal]) : over.signal
  for (const condition of conditions) {
    // Its looks are no waits of the story: the history hears of it when it holds.
    const quiet = { ...lab, signal, history: { ...lab.history, record: () => ({}) as never } }
    waitFor(quiet, { ...condition, look: () => condition.look(lab) }, { within: ALWAYS, every: EVERY }).then(
      ({ saw }) => lab.abort(`${condition.name} during ${fault}: ${saw}`),
      (error: unknown) => {
        if (!signal.aborted && !(error instanceof Aborted))
          lab.abort(`cannot tell any more whether ${condition.name}: ${error instanceof Error ? error.message : error}`)
      },
    )
  }
  return () => over.abort()
}
