// Nodes that serve and are served: workloads, and the internet.

import { internetBgp } from '../frr/config.ts'
import { followFrr, startFrr, writeFile } from '../frr/start.ts'
import { links } from '../topology/links.ts'
import type { Topology, Vpc, Workload } from '../topology/types.ts'
import {
  DAEMON,
  FORWARDING,
  KERNEL_WATCH,
  type NodePlan,
  OVERLAY_MTU,
  PROBE_PORT,
  PROBER_SHARES,
  ROUTING,
  UNDERLAY_MTU,
} from './plan.ts'

/** HTTP that answers with the server's name and the client's address as seen here. */
function http(port: number): string {
  const config = `worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  server { listen ${port} backlog=4096; location / { default_type text/plain; return 200 "$hostname $remote_addr\\n"; } }
}`
  return `${writeFile('/etc/nginx/nginx.conf', config)}\nnginx || exit_code=1`
}

const prober = `prober serve ${PROBE_PORT} >&$LINES_FD 2>&1 </dev/null &`

export function workload(vpc: Vpc, node: Workload): NodePlan {
  const subnet = vpc.subnets.find(({ name }) => name === node.subnet)
  return {
    capabilities: [...DAEMON, 'NET_RAW', 'NET_BIND_SERVICE'],
    cpuShares: PROBER_SHARES,
    interfaces: [
      { device: 'eth0', mac: node.mac, address: `${node.address}/${subnet?.cidr.split('/')[1]}`, mtu: OVERLAY_MTU },
    ],
    routes: [`default via ${subnet?.gateway}`],
    start: [prober, node.serves ? http(node.serves) : '', '[ -z "$exit_code" ]'].join('\n'),
    watch: {},
  }
}

export function internet(topology: Topology): NodePlan {
  const { name, address } = topology.internet
  const uplinks = Object.values(topology.vpcs).flatMap(({ nat }) => nat.gateways)
  const device = (gateway: string) =>
    links(topology).flatMap(({ ends: [near, far] }) =>
      near?.node === gateway && far?.node === name ? [far.device] : [],
    )[0] ?? ''
  return {
    capabilities: ROUTING,
    cpuShares: PROBER_SHARES,
    sysctls: FORWARDING,
    interfaces: [
      { device: 'lo', address: `${address}/32`, mtu: 65536 },
      ...uplinks.map((gateway) => ({
        device: device(gateway.name),
        address: `${gateway.uplink.peer}/${gateway.uplink.prefix}`,
        mtu: UNDERLAY_MTU,
      })),
    ],
    routes: [],
    start: [prober, http(80), startFrr(topology.timers, [{ instance: '', config: internetBgp(topology) }])].join('\n'),
    watch: { kernel: KERNEL_WATCH, frr: followFrr([{ instance: '' }]) },
  }
}
