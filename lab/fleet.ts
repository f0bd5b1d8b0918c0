// The containers of a lab: one for each node and the patchbay, started together, struck dead and
// brought back one by one.

import type { Engine } from './engine/client.ts'
import { type Container, containerName, removeContainer, startContainer } from './engine/container.ts'
import { LabError } from './errors.ts'
import type { History } from './history.ts'
import { imageName } from './image/name.ts'
import { type NodePlan, planNodes } from './nodes/index.ts'
import { NO_IPV6, TIMEKEEPER_SHARES } from './nodes/plan.ts'
import { setAddresses } from './patchbay/address.ts'
import { PATCHBAY, PATCHBAY_CAPABILITIES } from './patchbay/node.ts'
import type { Wires } from './patchbay/wires.ts'
import { unstamp } from './stamp.ts'
import type { Topology } from './topology/types.ts'

export type Fleet = {
  readonly plans: ReadonlyMap<string, NodePlan>
  /** The container of a node or of the patchbay. Throws LabError for one that does not run. */
  readonly of: (node: string) => Container
  readonly alive: (node: string) => boolean
  /** Starts these nodes' containers, all at once, or none. */
  readonly launch: (nodes: readonly string[]) => Promise<void>
  /** Connects nodes that run: links, addresses, routes. */
  readonly connect: (wires: Wires, nodes: readonly string[]) => Promise<void>
  /** Starts a node's daemons, and the watchers whose lines go into the history. */
  readonly boot: (node: string) => Promise<void>
  /** SIGKILL to the first process of a node, which takes its whole PID namespace along; done when the engine has buried it. */
  readonly kill: (node: string) => Promise<void>
  readonly remove: () => Promise<void>
}

export type FleetOptions = {
  readonly engine: Engine
  readonly lab: string
  readonly topology: Topology
  readonly owner: string
  readonly history: History
}

export function newFleet({ engine, lab, topology, owner, history }: FleetOptions): Fleet {
  const plans = planNodes(topology)
  const containers = new Map<string, Container>()
  const of = (node: string): Container => {
    const container = containers.get(node)
    if (!container?.console.open()) throw new LabError(`${node} does not run`)
    return container
  }
  const pid = (node: string) => of(node).pid

  const start = async (node: string) => {
    const plan = plans.get(node)
    const container = await startContainer(
      engine,
      {
        lab,
        node,
        topology: topology.name,
        image: imageName(),
        capabilities: plan?.capabilities ?? PATCHBAY_CAPABILITIES,
        tun: plan?.tun ?? false,
        cpuShares: plan ? (plan.cpuShares ?? 1024) : TIMEKEEPER_SHARES,
        hostPids: node === PATCHBAY,
        sysctls: { ...NO_IPV6, ...plan?.sysctls },
        owner,
      },
      history,
    )
    containers.set(node, container)
    container.console.onLine((line) => {
      const tab = line.indexOf('\t')
      const stream = tab < 0 ? '' : line.slice(0, tab)
      const { text, unixNs } = unstamp(line.slice(tab + 1))
      if (text)
        history.record(
          node,
          { kind: 'line', node, stream, line: text },
          unixNs === undefined ? undefined : history.at(unixNs),
        )
    })
  }
  const watch = ([stream, command]: [string, string]) =>
    `{ ${command} 2>&1 | sed -u 's/^/${stream}\\t/'; } >&$LINES_FD 2>/dev/null </dev/null &`

  return {
    plans,
    of,
    alive: (node) => containers.get(node)?.console.open() ?? false,
    launch: async (nodes) => {
      const failed = (await Promise.allSettled(nodes.map(start))).find((result) => result.status === 'rejected')
      if (!failed) return
      await Promise.all(nodes.map((node) => removeContainer(engine, containerName(lab, node))))
      throw failed.reason
    },
    connect: async (wires, nodes) => {
      await wires.connect(nodes, pid)
      await setAddresses(of(PATCHBAY).console, plans, nodes, pid)
    },
    boot: async (node) => {
      const plan = plans.get(node)
      if (!plan) throw new LabError(`${node} has no plan`)
      const watchers = Object.entries(plan.watch).map(watch).join('\n')
      await of(node).console.run(`${watchers}\n${plan.start}`, { within: '60s' })
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
      await Promise.all([...containers.values()].map((container) => container.remove()))
      containers.clear()
    },
  }
}
