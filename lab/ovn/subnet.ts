// A subnet that comes while the lab runs, as a cloud adds one: rows of the NB, and nothing else anywhere.

import { ScenarioError } from '../errors.ts'
import { alternatives } from '../topology/alternatives.ts'
import { loadBalancers } from '../topology/load-balancers.ts'
import type { Subnet, Topology, Vpc } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import { guardRows, routerPort, subnetRows } from './nb.ts'

export type Addition = {
  /** 'addition of ls-vpc-a-new' */
  readonly name: string
  /** Takes the rows out of the NB again. Done once. */
  readonly remove: () => Promise<void>
} & AsyncDisposable

/** A subnet that is to come, with its VPC. Throws ScenarioError for any other, naming those there are. */
export function laterSubnet({ name: topology, vpcs }: Topology, name: string): { vpc: Vpc; subnet: Subnet } {
  const all = Object.values(vpcs).flatMap((vpc) =>
    vpc.subnets.filter(({ later }) => later).map((subnet) => ({ vpc, subnet })),
  )
  const found = all.find(({ subnet }) => subnet.name === name)
  if (found) return found
  const names = all.map(({ subnet }) => subnet.name)
  throw new ScenarioError(`no subnet '${name}' is to come in ${topology}; there is ${alternatives(name, names)}`)
}

/**
 * Adds a subnet that the topology has for later to its VPC: the logical switch, the router's port on it, and the
 * ports of its workloads, which run already, in one transaction of the NB. Resolves once the NB has it; who has acted on
 * it by then is another matter. Let go, it is taken out again. Throws ScenarioError for a subnet that is not to come.
 */
export async function addSubnet(lab: Lab, name: string): Promise<Addition> {
  const { vpc, subnet } = laterSubnet(lab.topology, name)
  const change = `addition of ${name}`
  const balanced = loadBalancers(lab.topology).filter((each) => each.vpc === vpc)
  const rows = [
    ...subnetRows(vpc, subnet),
    ...guardRows(vpc, subnet),
    ...balanced.map((each) => `ls-lb-add ${name} ${each.name}`),
  ]
  const write = async (what: string, lines: readonly string[]) => {
    const command = `ovn-nbctl ${lines.map((line) => `-- ${line}`).join(' ')}`
    const { bracket } = await lab.run(lab.topology.central.name, command)
    lab.history.record('scenario', { kind: 'nb-change', change: what, subnet: name, bracket }, bracket.fromNs)
  }
  await write(change, rows)
  const undo = lab.defer(change, () => write(`removal of ${name}`, [`lrp-del ${routerPort(name)}`, `ls-del ${name}`]))
  return {
    name: change,
    remove: undo,
    // A disposer never throws: what failed here is told by the lab when it ends.
    [Symbol.asyncDispose]: () => undo().catch((error: unknown) => lab.blame(change, error)),
  }
}
