// The wires of the management network: a bridge in the patchbay, apart from the fabric's, with a port for each
// node on it. No program sees its packets, so that neither faults nor captures do.

import type { Console } from '../engine/console.ts'
import { MANAGEMENT_DEVICE, type Managed } from '../topology/management.ts'

const BRIDGE = 'management'

/**
 * Connects these nodes to it, all at once. Ports other than the monitor's are isolated from each other
 * (bridge(8)): it is no way around a fault.
 */
export async function connectManagement(
  patchbay: Pick<Console, 'run'>,
  managed: readonly Managed[],
  nodes: readonly string[],
  pid: (node: string) => number,
): Promise<void> {
  const ports = managed.map(({ node }, index) => ({ node, port: `m${index}`, isolated: index > 0 }))
  const made = ports.filter(({ node }) => nodes.includes(node))
  if (made.length === 0) return
  const links = made.flatMap(({ node, port }) => [
    `link add ${port} type veth peer name ${MANAGEMENT_DEVICE} netns ${pid(node)}`,
    `link set ${port} master ${BRIDGE} up alias ${node}:${MANAGEMENT_DEVICE}`,
  ])
  const isolated = made.filter((each) => each.isolated).map(({ port }) => `link set dev ${port} isolated on`)
  // A node that died takes its end along, but the engine may take a moment to bury it.
  const leftovers = made.map(({ port }) => `ip link del ${port} 2>/dev/null`).join('; ')
  await patchbay.run(`ip link add ${BRIDGE} type bridge 2>/dev/null && ip link set ${BRIDGE} up
${leftovers}; ip -batch - <<'X' && bridge -batch - <<'Y'\n${links.join('\n')}\nX\n${isolated.join('\n')}\nY`)
}
