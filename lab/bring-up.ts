// From a topology to nodes that run: containers, links, daemons, and the control plane's rows. All of
// a lab at once, or the nodes that it lacks.

import { LabError } from './errors.ts'
import { nbTransaction } from './ovn/nb.ts'
import { followSouthbound, type Southbound } from './ovn/southbound.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { newWires, type Wires } from './patchbay/wires.ts'
import type { Site } from './site.ts'
import { links } from './topology/links.ts'

/** What all nodes of a lab share. */
export type Plant = {
  readonly wires: Wires
  readonly southbound: Southbound
  /** Makes a node anew: container, links, daemons. */
  readonly revive: (node: string) => Promise<void>
}

/** Every container of a lab: its nodes and the patchbay. */
export const containersOf = ({ fleet }: Site): string[] => [PATCHBAY, ...fleet.plans.keys()]

/**
 * Makes these nodes; those that run already are left alone. The containers' undo is the caller's:
 * whether they go or stay is not known yet.
 */
export async function bringUp(site: Site, make: readonly string[]): Promise<Plant> {
  const { fleet, topology, history, signal } = site
  const step: Site['act'] = (text, take) => {
    signal?.throwIfAborted()
    return site.act(text, take)
  }
  const nodes = make.filter((node) => node !== PATCHBAY)
  const chassis = topology.chassis.map(({ name }) => name).filter((name) => nodes.includes(name))
  const others = nodes.filter((node) => node !== topology.central.name && !chassis.includes(node))

  if (make.length > 0) await step(`${few(make) ?? `${make.length} containers`} started`, () => fleet.launch(make))
  const wires = await newWires(fleet.of(PATCHBAY).console, links(topology), history)
  const wired = links(topology).filter(({ ends }) => ends.some(({ node }) => nodes.includes(node)))
  if (nodes.length > 0)
    await step(`${few(wired.map(({ name }) => name)) ?? `${wired.length} links`} wired`, () =>
      fleet.connect(wires, nodes),
    )

  const controlPlane = async () => {
    if (nodes.includes(topology.central.name)) await startCentral(site)
    const followed = await southboundOf(site)
    if (chassis.length > 0)
      await step(`${few(chassis) ?? 'chassis'} booted`, () => Promise.all(chassis.map(fleet.boot)))
    return followed
  }
  const [{ southbound, follow }] = await Promise.all([
    controlPlane(),
    others.length > 0 &&
      step(`${few(others) ?? 'workloads, gateways and the internet'} booted`, () =>
        Promise.all(others.map(fleet.boot)),
      ),
  ])
  return {
    wires,
    southbound,
    revive: async (node) => {
      if (node === PATCHBAY) throw new LabError('the patchbay cannot be made anew: every link runs through it')
      await fleet.launch([node])
      await fleet.connect(wires, [node])
      if (node !== topology.central.name) return fleet.boot(node)
      await startCentral(site)
      await follow()
    },
  }
}

/** Names, where there are few. */
const few = (names: readonly string[]) => (names.length <= 3 ? names.join(', ') : undefined)

async function startCentral({ fleet, topology, act }: Site): Promise<void> {
  const { name } = topology.central
  await act('central booted', () => fleet.boot(name))
  await act('NB rows written in one transaction', () => fleet.of(name).console.run(nbTransaction(topology)))
}

/** The SB of the central node as it is now: one that was made anew must be followed anew. */
async function southboundOf({ fleet, topology, engine, history, undo }: Site) {
  const followed = () => followSouthbound(engine, fleet.of(topology.central.name), history)
  let now = await followed()
  const southbound: Southbound = { rows: (table) => now.rows(table), close: () => now.close() }
  undo.defer('SB monitor', async () => southbound.close())
  const follow = async () => {
    now.close()
    now = await followed()
  }
  return { southbound, follow }
}
