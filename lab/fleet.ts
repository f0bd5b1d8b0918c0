// The containers of a lab: one for each node and the patchbay, started together, struck dead and
// brought back one by one.

import { createHash } from 'node:crypto'
import { adoptContainer } from './engine/adopt.ts'
import type { Engine } from './engine/client.ts'
import { type Container, startContainer } from './engine/container.ts'
import { owner } from './engine/labels.ts'
import { type LabContainer, stayingName } from './engine/labs.ts'
import { LabError } from './errors.ts'
import type { History } from './history.ts'
import { imageName } from './image/name.ts'
import { type NodePlan, planNodes } from './nodes/index.ts'
import { NO_IPV6, TIMEKEEPER_SHARES } from './nodes/plan.ts'
import { setAddresses } from './patchbay/address.ts'
import { connectManagement } from './patchbay/management.ts'
import { PATCHBAY, PATCHBAY_CAPABILITIES } from './patchbay/node.ts'
import type { Wires } from './patchbay/wires.ts'
import { management } from './topology/management.ts'
import type { Topology } from './topology/types.ts'
import { hear, watcher } from './watch/hear.ts'

export type Fleet = {
  readonly plans: ReadonlyMap<string, NodePlan>
  /** The container of a node or of the patchbay. Throws LabError for one that does not run. */
  readonly of: (node: string) => Container
  readonly alive: (node: string) => boolean
  /** Starts these nodes' containers, all at once, or none. */
  readonly launch: (nodes: readonly string[]) => Promise<void>
  /** Takes over containers that run already. */
  readonly adopt: (found: readonly LabContainer[]) => Promise<void>
  /** Connects nodes that run: links, addresses, routes. */
  readonly connect: (wires: Wires, nodes: readonly string[]) => Promise<void>
  /** Starts a node's daemons, and the watchers whose lines go into the history. */
  readonly boot: (node: string) => Promise<void>
  /** SIGKILL to the first process of a node, which takes its whole PID namespace along; done when the engine has buried it. */
  readonly kill: (node: string) => Promise<void>
  /** Removes what this fleet launched, lets go of what it adopted, and launches nothing any more. */
  readonly remove: () => Promise<void>
  /** Lets all containers outlive this process, and lets go of them. */
  readonly leave: () => Promise<void>
}

export type FleetOptions = {
  readonly engine: Engine
  readonly lab: string
  readonly topology: Topology
  readonly history: History
}

/** What a lab is made from: another topology or another image is another lab, though it has the same name. */
export const madeFrom = (topology: Topology): string =>
  createHash('sha256').update(JSON.stringify(topology)).update(imageName()).digest('hex').slice(0, 12)

/** Where the patchbay of a lab that stays has the lab's topology, as JSON. */
export const TOPOLOGY = '/run/gameday/topology.json'

/** The first process of a node, when its input ends with the runner, becomes one that reads none. */
const OUTLIVE = "trap 'exec sleep infinity' EXIT"

export function newFleet({ engine, lab, topology, history }: FleetOptions): Fleet {
  const plans = planNodes(topology)
  // The same for all of its nodes, whatever becomes of the project while it runs.
  const [image, from] = [imageName(), madeFrom(topology)]
  const containers = new Map<string, Container>()
  const launched = new Set<string>()
  const launching = new Set<Promise<unknown>>()
  let ended = false
  const of = (node: string): Container => {
    const container = containers.get(node)
    if (!container?.console.open()) throw new LabError(`${node} does not run`)
    return container
  }
  const pid = (node: string) => of(node).pid
  const remove = async (nodes: readonly string[]) => {
    await Promise.all(nodes.map((node) => containers.get(node)?.remove()))
    for (const node of nodes) containers.delete(node)
  }
  const release = () => {
    for (const { console } of containers.values()) console.close()
    containers.clear()
  }

  const start = async (node: string) => {
    const plan = plans.get(node)
    const container = await startContainer(
      engine,
      {
        lab,
        node,
        topology: topology.name,
        madeFrom: from,
        size: plans.size + 1,
        image,
        capabilities: plan?.capabilities ?? PATCHBAY_CAPABILITIES,
        tun: plan?.tun ?? false,
        disks: Object.values(plan?.disks ?? {}),
        cpuShares: plan ? (plan.cpuShares ?? 1024) : TIMEKEEPER_SHARES,
        hostPids: node === PATCHBAY,
        sysctls: { ...NO_IPV6, ...plan?.sysctls },
        env: { ...plan?.env },
        owner: owner(),
      },
      history,
    )
    launched.add(node)
    hold(node, container)
  }
  const hold = (node: string, container: Container) => {
    containers.set(node, container)
    container.console.onLine(hear(node, history))
  }

  return {
    plans,
    of,
    alive: (node) => containers.get(node)?.console.open() ?? false,
    launch: async (nodes) => {
      if (ended) throw new LabError(`lab ${lab} has ended; wanted to start ${nodes.join(', ')}`)
      const starts = Promise.allSettled(nodes.map(start))
      launching.add(starts)
      const failed = (await starts).find((result) => result.status === 'rejected')
      launching.delete(starts)
      if (!failed) return
      await remove(nodes)
      throw failed.reason
    },
    adopt: async (found) => {
      await Promise.all(
        found.map(async ({ id, node }) => hold(node, await adoptContainer(engine, { id, node }, history))),
      )
    },
    connect: async (wires, nodes) => {
      await wires.connect(nodes, pid)
      await connectManagement(of(PATCHBAY).console, management(topology), nodes, pid)
      await setAddresses(of(PATCHBAY).console, plans, nodes, pid)
    },
    boot: async (node) => {
      const plan = plans.get(node)
      if (!plan) throw new LabError(`${node} has no plan`)
      const watchers = Object.entries(plan.watch)
        .map(([stream, command]) => watcher(stream, command))
        .join('\n')
      const { exit, out } = await of(node).console.try(`${watchers}\n${plan.start}`, { within: '60s' })
      if (exit === 0) return
      const said = out.trim()
      throw new LabError(`${node} did not boot: ${said.split('\n').at(-1) || `exit ${exit}`}`, { evidence: said })
    },
    kill: async (node) => {
      const { id, pid } = of(node)
      const removed = engine.getContainer(id).wait({ condition: 'removed' })
      await of(PATCHBAY).console.run(`kill -9 ${pid}`)
      await removed.catch((error: { statusCode?: number }) => {
        if (error.statusCode !== 404) throw error
      })
      containers.delete(node)
    },
    remove: async () => {
      ended = true
      await Promise.all(launching)
      await remove([...launched])
      release()
    },
    leave: async () => {
      const mine = [...containers].filter(([node, { console }]) => launched.has(node) && console.open())
      // Whoever comes to it later need not have its topology.
      await of(PATCHBAY).console.run(`mkdir -p /run/gameday && cat >${TOPOLOGY} <<'X'\n${JSON.stringify(topology)}\nX`)
      await Promise.all(mine.map(([, { console }]) => console.run(OUTLIVE)))
      await Promise.all(mine.map(([node, { id }]) => engine.getContainer(id).rename({ name: stayingName(lab, node) })))
      release()
    },
  }
}
