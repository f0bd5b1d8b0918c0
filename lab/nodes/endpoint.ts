// Nodes that serve and are served: workloads, and the internet.

import { internetBgp, ownSource } from '../frr/internet.ts'
import { internetFilter, internetOspf } from '../frr/ospf.ts'
import { followFrr, frrDaemons, startFrr, writeFile } from '../frr/start.ts'
import { links } from '../topology/links.ts'
import { customersOf, jointsOf } from '../topology/regions.ts'
import type { Internet, Topology, Vpc, Workload } from '../topology/types.ts'
import { kernelWatch } from '../watch/table.ts'
import { type Daemon, startAll } from './daemon.ts'
import {
  DAEMON,
  FORWARDING,
  type NodePlan,
  OVERLAY_MTU,
  PROBE_PORT,
  PROBER_SHARES,
  ROUTING,
  UNDERLAY_MTU,
} from './plan.ts'

/** nginx's configuration: HTTP that answers with the server's name and the client's address as seen here. */
function http(port: number): string {
  const config = `worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  server { listen ${port} backlog=4096; location / { default_type text/plain; return 200 "$hostname $remote_addr\\n"; } }
}`
  return writeFile('/etc/nginx/nginx.conf', config)
}

const nginx = (port: number): Daemon => ({
  role: 'nginx',
  pidFile: '/run/nginx.pid',
  start: 'nginx',
  serves: `curl -s -o /dev/null -m 1 http://127.0.0.1:${port}/`,
})

const PROBER: Daemon = {
  role: 'prober',
  pidFile: '/run/prober.pid',
  start: `prober serve ${PROBE_PORT} >&$LINES_FD 2>&1 </dev/null & echo $! >/run/prober.pid`,
  serves: `ss -Hlun sport = :${PROBE_PORT} | grep -q .`,
}

export function workload(vpc: Vpc, node: Workload): NodePlan {
  const subnet = vpc.subnets.find(({ name }) => name === node.subnet)
  const daemons = [PROBER, ...(node.serves ? [nginx(node.serves)] : [])]
  return {
    capabilities: [...DAEMON, 'NET_RAW', 'NET_BIND_SERVICE'],
    cpuShares: PROBER_SHARES,
    interfaces: [
      { device: 'eth0', mac: node.mac, address: `${node.address}/${subnet?.cidr.split('/')[1]}`, mtu: OVERLAY_MTU },
    ],
    routes: [`default via ${subnet?.gateway}`],
    // Where the router comes later, the kernel would ask for it once a second (ARP), and what is measured would be that.
    ...(subnet?.later && { neighbours: [`${subnet.gateway} lladdr ${subnet.mac} dev eth0 nud permanent`] }),
    daemons,
    start: [node.serves ? http(node.serves) : '', startAll(daemons), '[ -z "$exit_code" ]'].join('\n'),
    watch: {},
  }
}

/** The internet of a region: it serves and is served, and speaks to its customers' gateways and to other regions. */
export function internet(topology: Topology, itself: Internet = topology.internet): NodePlan {
  const { name, address } = itself
  const own = [PROBER, nginx(80)]
  const ospf = internetOspf(topology)
  const bgpds = ospf === undefined ? [{ instance: '', config: internetBgp(topology, itself) }] : []
  const beside = ospf === undefined ? { zebra: ownSource(topology, itself) } : { ospf, zebra: internetFilter(topology) }
  const uplinks = customersOf(topology, name).flatMap(({ nat }) => nat.gateways)
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
      ...jointsOf(topology, name).map(({ ends: [end], prefix }) => ({
        device: end.device,
        address: `${end.address}/${prefix}`,
        mtu: UNDERLAY_MTU,
      })),
    ],
    routes: [],
    daemons: [...own, ...frrDaemons(bgpds, beside)],
    start: [http(80), startAll(own), startFrr(topology.timers, bgpds, beside)].join('\n'),
    watch: { kernel: kernelWatch(itself.table), frr: followFrr(bgpds, beside) },
  }
}
