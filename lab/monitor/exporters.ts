// The exporters of a node: each a daemon of its own on the management network, which gives way to those it watches.

import { EXPORTER_PORT, type Role } from '../exporter/catalogue/index.ts'
import { exporterCommand } from '../image/context.ts'
import type { Daemon } from '../nodes/daemon.ts'
import { MANAGEMENT_DEVICE } from '../topology/management.ts'

/** The ports that the exporters' own packages use. */
export const PORTS = { prometheus: 9090, node: 9100, frr: 9342 } as const

type Exporter = {
  readonly role: string
  readonly command: string
  /** '192.0.2.7:9100' */
  readonly listen: string
}

/**
 * Runs below everything else: a scrape may wait, a BFD packet may not. Written in Go, they would each start a
 * thread for every core.
 */
const daemon = ({ role, command, listen }: Exporter): Daemon => ({
  role,
  pidFile: `/run/${role}.pid`,
  start: `GOMAXPROCS=1 nice -n 10 ${command} --web.listen-address=${listen} --log.level=warn >/var/log/${role}.log 2>&1 </dev/null & echo $! >/run/${role}.pid`,
  serves: `curl -s -o /dev/null -m 1 http://${listen}/`,
})

/** What a node's kernel knows of itself in its own namespace, and what of the machine its dashboards show. */
const COLLECTORS = [
  'conntrack',
  'cpu',
  'filefd',
  'loadavg',
  'meminfo',
  'netclass',
  'netdev',
  'netstat',
  'sockstat',
  'softnet',
  'uname',
]

/** Where node exporter reads metrics of others from, as Debian has it. */
export const TEXTFILES = '/var/lib/prometheus/node-exporter'

export const nodeExporter = (address: string, collectors: readonly string[] = []): Daemon =>
  daemon({
    role: 'node-exporter',
    listen: `${address}:${PORTS.node}`,
    command: `prometheus-node-exporter --web.disable-exporter-metrics --collector.disable-defaults ${[...COLLECTORS, ...collectors].map((name) => `--collector.${name}`).join(' ')} --collector.textfile.directory=${TEXTFILES} --collector.netdev.device-exclude='^(lo|${MANAGEMENT_DEVICE})$'`,
  })

export type FrrCollector = 'bgp' | 'bfd' | 'ospf'

/** What one exporter of FRR asks: the daemons whose sockets lie in a folder. */
type Asked = {
  readonly role: string
  /** '/run/frr/vpc-a' */
  readonly sockets: string
  readonly collectors: readonly FrrCollector[]
  readonly listen: string
}

/** What it asks of by default; of a daemon that does not run it would say each time that it does not answer. */
const ALL: readonly FrrCollector[] = ['bgp', 'bfd', 'ospf']

export const frrExporter = ({ role, sockets, collectors, listen }: Asked): Daemon =>
  daemon({
    role,
    listen,
    command: `prometheus-frr-exporter --frr.socket.dir-path=${sockets} --frr.socket.timeout=1s ${ALL.map((name) => `--${collectors.includes(name) ? '' : 'no-'}collector.${name}`).join(' ')} --collector.bgp.peer-descriptions --collector.bgp.peer-descriptions.plain-text`,
  })

/** Of Open vSwitch and ovn-controller on a chassis, or of NB, SB and northd: the one in lab/exporter. */
export function ovnExporter(of: Role, address: string): Daemon {
  const role = of === 'chassis' ? 'ovs-exporter' : 'ovn-exporter'
  const listen = `${address}:${EXPORTER_PORT[of]}`
  return {
    role,
    pidFile: `/run/${role}.pid`,
    start: `nice -n 10 ${exporterCommand(of)} --listen ${listen} >/var/log/${role}.log 2>&1 </dev/null & echo $! >/run/${role}.pid`,
    serves: `curl -s -o /dev/null -m 1 http://${listen}/`,
  }
}
