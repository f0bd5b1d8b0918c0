// What both ends of a BGP session say of a prefix, and lines of configuration that are a fault until they are
// taken back: what faults on routes are made of.

import { ScenarioError } from '../../lab/errors.ts'
import { askPaths, configure, type Path, parsePaths } from '../../lab/frr/bgp.ts'
import { vpcOf } from '../../lab/topology/nodes.ts'
import { type Session, type Speaking, sessionBetween } from '../../lab/topology/peerings.ts'
import { internetOf } from '../../lab/topology/regions.ts'
import type { Topology, Vpc } from '../../lab/topology/types.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import type { Applied } from '../fault.ts'

/** The paths that one end has to a prefix now. */
export const pathsAt = async (lab: Lab, { node, instance }: Speaking, prefix: string): Promise<readonly Path[]> =>
  parsePaths((await lab.try(node, askPaths(instance, prefix))).out)

/** Of these paths the one that was heard from a peer. */
export const from = (paths: readonly Path[], { address }: Speaking) => paths.find((path) => path.from === address)

const saidOf = (path: Path | undefined) =>
  path
    ? `AS path ${path.asPath.join(' ')}${path.localPreference ? `, local preference ${path.localPreference}` : ''}`
    : 'no path'

/** What the far end of a session thinks of a prefix that it may have from the near one. */
export const heard = (
  { near, far }: Session,
  prefix: string,
  name: string,
  holds: (path: Path | undefined) => boolean,
): Condition<Lab> => ({
  name: `${far.node} ${name}`,
  look: async (lab) => {
    const path = from(await pathsAt(lab, far, prefix), near)
    return { holds: holds(path), saw: `${far.node} has ${saidOf(path)} to ${prefix} from ${near.node}` }
  },
})

/** Lines of configuration at one bgpd, and those that take them back. */
export type Lines = {
  readonly at: Speaking
  readonly lines: readonly string[]
  readonly undo: readonly string[]
  readonly now?: readonly string[]
}

/** Tells a bgpd its lines in one step; what takes them back waits in the node where the lab stays. */
export async function strike(
  lab: Lab,
  { at, lines, undo, now }: Lines,
  proof: Pick<Applied, 'effective' | 'restored'>,
): Promise<Applied> {
  await lab.armory?.arm(at.node, configure(at.instance, undo, now))
  const { bracket } = await lab.run(at.node, configure(at.instance, lines, now))
  return { bracket, ...proof, heal: async () => (await lab.run(at.node, configure(at.instance, undo, now))).bracket }
}

/** The uplink of a NAT gateway. Throws ScenarioError for a node that is none. */
export function uplinkOf(topology: Topology, gateway: string): Session & { readonly vpc: Vpc } {
  const vpc = vpcOf(topology, gateway)
  const session = sessionBetween(topology, gateway, vpc ? internetOf(topology, vpc).name : topology.internet.name)
  if (session.vpc) return { ...session, vpc: session.vpc }
  throw new ScenarioError(`${gateway} is no NAT gateway; give one that has an uplink`)
}
