// Sets up the interfaces of nodes from outside, so that a workload needs no right to change its own.

import type { Console } from '../engine/console.ts'
import type { NodePlan } from '../nodes/plan.ts'

/** Checksum and segmentation offloads break TCP, and only TCP, wherever the netdev datapath meets a veth. */
const OFFLOADS = 'tx off tso off gso off gro off sg off'

/** Addresses, MTUs, MACs and routes of these nodes, from the patchbay, all at once. */
export async function setAddresses(
  patchbay: Console,
  plans: ReadonlyMap<string, NodePlan>,
  nodes: readonly string[],
  pid: (node: string) => number,
): Promise<void> {
  const scripts = nodes.map((node) => {
    const plan = plans.get(node)
    const lines = (plan?.interfaces ?? []).flatMap(({ device, mac, address, mtu }) => [
      `link set ${device} mtu ${mtu} ${mac ? `address ${mac}` : ''} up`,
      ...(address ? [`addr add ${address} dev ${device}`] : []),
    ])
    const routes = (plan?.routes ?? []).map((route) => `route add ${route}`)
    const neighbours = (plan?.neighbours ?? []).map((neighbour) => `neighbour add ${neighbour}`)
    const devices = (plan?.interfaces ?? []).map(({ device }) => device).filter((device) => device !== 'lo')
    return `nsenter -t ${pid(node)} -n sh -c '
ip -batch - <<X || exit 1
link set lo up
${[...lines, ...routes, ...neighbours].join('\n')}
X
for d in ${devices.join(' ')}; do ethtool -K $d ${OFFLOADS} >/dev/null; done' || echo ${node} >>/tmp/failed & pids="$pids $!"`
  })
  await patchbay.run(`rm -f /tmp/failed; pids=\n${scripts.join('\n')}\nwait $pids\n[ ! -s /tmp/failed ]`, {
    within: '60s',
  })
}
