// From a topology to nodes that run: containers, links, daemons, and the control plane's rows. All of
// a lab at once, or the nodes that it lacks.

import { LabError } from './errors.ts'
import { anotherMember, replaceMember } from './ovn/cluster.ts'
import { nbTransaction } from './ovn/nb.ts'
import type { Southbound } from './ovn/southbound.ts'
import { type Followed, keepFollowing } from './ovn/steady-southbound.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { newWires, type Wires } from './patchbay/wires.ts'
import type { Site } from './site.ts'
import { links } from './topology/links.ts'
import { centrals } from './topology/nodes.ts'

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
  const cluster = centrals(topology).map(({ name }) => name)
  const watching = nodes.filter((node) => node === topology.monitor?.name)
  const others = nodes.filter((node) => ![...cluster, ...chassis, ...watching].includes(node))

  if (make.length > 0) await step(`${few(make) ?? `${make.length} containers`} started`, () => fleet.launch(make))
  const wire = async () => {
    const wires = await newWires(fleet.of(PATCHBAY).console, links(topology), history, site.armory)
    const wired = links(topology).filter(({ ends }) => ends.some(({ node }) => nodes.includes(node)))
    if (nodes.length > 0)
      await step(`${few(wired.map(({ name }) => name)) ?? `${wired.length} links`} wired`, () =>
        fleet.connect(wires, nodes),
      )
    return wires
  }
  // Prometheus scrapes nothing in its first five seconds: it starts first, and they pass meanwhile.
  const [wires] = await Promise.all([wire(), ...watching.map((node) => step(`${node} booted`, () => fleet.boot(node)))])

  const controlPlane = async () => {
    const rest = await startCentrals(
      site,
      cluster.filter((node) => nodes.includes(node)),
    )
    const followed = await southboundOf(site)
    await Promise.all([
      rest(),
      chassis.length > 0 && step(`${few(chassis) ?? 'chassis'} booted`, () => Promise.all(chassis.map(fleet.boot))),
    ])
    return followed
  }
  const [{ southbound, anew }] = await Promise.all([
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
      if (!cluster.includes(node)) return fleet.boot(node)
      const rest = await startCentrals(site, [node])
      await Promise.all([rest(), anew()])
    },
  }
}

/** Names, where there are few. */
const few = (names: readonly string[]) => (names.length <= 3 ? names.join(', ') : undefined)

/**
 * Starts these central nodes. Of a new control plane the first, which makes the cluster where there is one,
 * and its rows; what it returns starts the others, which join. Of one that lives, they replace members that
 * were lost.
 */
async function startCentrals(site: Site, start: readonly string[]): Promise<() => Promise<unknown>> {
  const { fleet, topology, history, act } = site
  const [first] = start
  if (!first) return async () => undefined
  const booted = (node: string) => act(`${node} booted`, () => fleet.boot(node))
  if (start.length === centrals(topology).length) {
    await booted(first)
    await act('NB rows written in one transaction', () => fleet.of(first).console.run(nbTransaction(topology)))
    return () => Promise.all(start.slice(1).map(booted))
  }
  const console = (node: string) => fleet.of(node).console
  for (const member of centrals(topology).filter(({ name }) => start.includes(name))) {
    const by = anotherMember(topology, member.name, (node) => fleet.alive(node) && !start.includes(node))
    await replaceMember(topology, member, by, { console, history })
    await booted(member.name)
  }
  return async () => undefined
}

async function southboundOf({ fleet, topology, engine, history, undo }: Site): Promise<Followed> {
  const followed = await keepFollowing({
    engine,
    history,
    members: () =>
      centrals(topology).flatMap(({ name }) => (fleet.alive(name) ? [{ name, id: fleet.of(name).id }] : [])),
  })
  undo.defer('SB monitor', async () => followed.southbound.close())
  return followed
}
