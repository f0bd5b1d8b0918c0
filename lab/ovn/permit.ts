// A change of policy while a lab runs, as an operator or a cloud makes it: one more row in the NB.

import { ScenarioError } from '../errors.ts'
import { nodeNamed } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'

export type Permission = { readonly name: string } & AsyncDisposable

/** Above those of the topology, 1002. */
const PRIORITY = 1003

function workloadNamed(topology: Topology, name: string) {
  const found = nodeNamed(topology, name).vpc?.workloads.find((each) => each.name === name)
  if (found) return found
  throw new ScenarioError(`${name} is no workload: no policy stands before it`)
}

/**
 * Opens to one workload what the policy denies it of another: an ACL of its own, written to the NB in one
 * transaction, and taken out again when let go. Resolves once the NB has it; whether anybody has acted on it by
 * then is another matter. Throws ScenarioError for nodes that are no workloads.
 */
export async function permit(lab: Lab, { from, to }: { from: string; to: string }): Promise<Permission> {
  const [near, far] = [workloadNamed(lab.topology, from), workloadNamed(lab.topology, to)]
  const name = `permission from ${from} to ${to}`
  const acl = `${far.subnet} to-lport ${PRIORITY} 'outport == "${to}" && ip4.src == ${near.address}'`
  const nbctl = (command: string) => lab.run(lab.topology.central.name, `ovn-nbctl ${command}`)
  await nbctl(`acl-add ${acl} allow-related`)
  lab.history.record('scenario', { kind: 'act', text: name })
  const undo = lab.defer(name, async () => void (await nbctl(`acl-del ${acl}`)))
  return {
    name,
    // A disposer never throws: what failed here is told by the lab when it ends.
    [Symbol.asyncDispose]: () => undo().catch((error: unknown) => lab.blame(name, error)),
  }
}
